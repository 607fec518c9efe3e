package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.camunda.bpm.engine.history.HistoricTaskInstanceQuery;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;

/** The process instances of one tenant, as a workflow sees them. */
final class ProcessInstances {

    /** A variable that names the call which started an instance: a repeated call finds it again. */
    static final String STARTED_BY = "fastnStartedBy";

    private final ProcessEngine engine;
    private final TenantId tenant;

    ProcessInstances(ProcessEngine engine, TenantId tenant) {
        this.engine = engine;
        this.tenant = tenant;
    }

    /** The instance that this very call has started before; one that has ended is found in the history. */
    Optional<ObjectNode> startedBy(String call, String processKey, String businessKey) {
        ProcessInstance running = running()
                .processDefinitionKey(processKey)
                .processInstanceBusinessKey(businessKey)
                .variableValueEquals(STARTED_BY, call)
                .singleResult();
        if (running != null) {
            return Optional.of(shown(running));
        }
        return Optional.ofNullable(history()
                        .processDefinitionKey(processKey)
                        .processInstanceBusinessKey(businessKey)
                        .variableValueEquals(STARTED_BY, call)
                        .singleResult())
                .map(ProcessInstances::shown);
    }

    /** The instance with its plain variables while it runs. */
    Optional<ObjectNode> find(String id) {
        ProcessInstance instance = running().processInstanceId(id).singleResult();
        if (instance != null) {
            ObjectNode json = shown(instance);
            ObjectNode variables = json.putObject("variables");
            engine
                    .getRuntimeService()
                    .createVariableInstanceQuery()
                    .processInstanceIdIn(id)
                    .disableBinaryFetching()
                    .disableCustomObjectDeserialization()
                    .list()
                    .stream()
                    .filter(variable ->
                            !variable.getName().startsWith("fastn") && Variables.isPlain(variable.getValue()))
                    .forEach(variable -> variables.set(variable.getName(), Variables.json(variable.getValue())));
            return Optional.of(json);
        }
        return Optional.ofNullable(history().processInstanceId(id).singleResult())
                .map(ProcessInstances::shown);
    }

    /** The process of a running instance. */
    String keyOf(String processInstanceId) {
        String definition = Objects.requireNonNull(
                        running().processInstanceId(processInstanceId).singleResult())
                .getProcessDefinitionId();
        return engine.getRepositoryService().getProcessDefinition(definition).getKey();
    }

    /** A task that was completed before. */
    Optional<ObjectNode> completed(Input input) {
        HistoricTaskInstanceQuery query =
                engine.getHistoryService().createHistoricTaskInstanceQuery().finished();
        input.optionalText("taskId").ifPresent(query::taskId);
        input.optionalText("taskKey").ifPresent(query::taskDefinitionKey);
        input.optionalText("processInstanceId").ifPresent(query::processInstanceId);
        return (tenant.isDefault() ? query.withoutTenantId() : query.tenantIdIn(tenant.value()))
                .listPage(0, 1).stream()
                        .map(task -> shown(task.getId(), task.getProcessInstanceId()))
                        .findFirst();
    }

    ObjectNode shown(ProcessInstance instance) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("processInstanceId", instance.getId())
                .put(
                        "processKey",
                        engine.getRepositoryService()
                                .getProcessDefinition(instance.getProcessDefinitionId())
                                .getKey())
                .put("businessKey", instance.getBusinessKey())
                .put("ended", instance.isEnded());
    }

    private static ObjectNode shown(HistoricProcessInstance instance) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("processInstanceId", instance.getId())
                .put("processKey", instance.getProcessDefinitionKey())
                .put("businessKey", instance.getBusinessKey())
                .put("ended", instance.getEndTime() != null);
    }

    static ObjectNode shown(String taskId, String processInstanceId) {
        return JsonNodeFactory.instance.objectNode().put("taskId", taskId).put("processInstanceId", processInstanceId);
    }

    private ProcessInstanceQuery running() {
        ProcessInstanceQuery query = engine.getRuntimeService().createProcessInstanceQuery();
        return tenant.isDefault() ? query.withoutTenantId() : query.tenantIdIn(tenant.value());
    }

    private HistoricProcessInstanceQuery history() {
        HistoricProcessInstanceQuery query = engine.getHistoryService().createHistoricProcessInstanceQuery();
        return tenant.isDefault() ? query.withoutTenantId() : query.tenantIdIn(tenant.value());
    }
}
