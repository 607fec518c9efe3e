package ai.fastn.camunda.execution;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.workflow.TenantId;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.EventSubscriptionQuery;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;

/** Who waits for an event: runs of workflows, and elements that say that they are drawn with our templates. */
record WaitingElements(RuntimeService engine, RepositoryService definitions) {

    /** The subscriptions of this message that are ours. */
    List<EventSubscription> waiting(TenantId tenant, String message) {
        EventSubscriptionQuery query =
                engine.createEventSubscriptionQuery().eventType("message").eventName(message);
        return (tenant.isDefault() ? query.withoutTenantId() : query.tenantIdIn(tenant.value()))
                .list().stream()
                        .filter(each -> each.getProcessInstanceId() != null)
                        .filter(each -> isOfWorkflow(each) || isModelled(each))
                        .toList();
    }

    private boolean isOfWorkflow(EventSubscription waiting) {
        return engine.createVariableInstanceQuery()
                        .processInstanceIdIn(waiting.getProcessInstanceId())
                        .variableName(FastnBpmn.EXECUTION_VARIABLE)
                        .count()
                > 0;
    }

    /** Whether the element says that it is one of ours. */
    private boolean isModelled(EventSubscription waiting) {
        ProcessInstance instance = engine.createProcessInstanceQuery()
                .processInstanceId(waiting.getProcessInstanceId())
                .singleResult();
        return instance != null
                && waiting.getActivityId() != null
                && definitions
                                .getBpmnModelInstance(instance.getProcessDefinitionId())
                                .getModelElementById(waiting.getActivityId())
                        instanceof FlowNode element
                && (isFastnScript(element) || waitsByTemplate(element));
    }

    private static boolean isFastnScript(FlowNode element) {
        return element instanceof ScriptTask task && FastnBpmn.SCRIPT_FORMAT.equals(task.getScriptFormat());
    }

    private static boolean waitsByTemplate(FlowNode element) {
        ExtensionElements extensions = element.getExtensionElements();
        return extensions != null
                && extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                        .flatMap(properties -> properties.getCamundaProperties().stream())
                        .anyMatch(property -> FastnBpmn.EFFECTS_PROPERTY.equals(property.getCamundaName())
                                && FastnBpmn.WAIT_FOR.equals(property.getCamundaValue()));
    }
}
