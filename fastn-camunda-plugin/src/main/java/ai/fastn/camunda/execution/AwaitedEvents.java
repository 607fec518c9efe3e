package ai.fastn.camunda.execution;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.AwaitedEvent;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.EventSubscriptionQuery;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;

/**
 * Events for those who wait for them: runs in {@code fastn.waitFor}, and elements that people have drawn with the
 * element templates. Other messages of other processes are out of reach.
 */
public final class AwaitedEvents {

    /** A run that goes on at this very moment takes its subscription away, or makes it anew. */
    private static final int TRIES = 5;

    private final RuntimeService engine;
    private final RepositoryService definitions;
    private final EarlyEvents early;

    public AwaitedEvents(RuntimeService engine, RepositoryService definitions, EarlyEvents early) {
        this.engine = engine;
        this.definitions = definitions;
        this.early = early;
    }

    /**
     * Gives an event to the run that waits for it; the run goes on in a job.
     *
     * @param payloadJson what {@code fastn.waitFor} gives
     * @throws FastnException NOBODY_WAITS, SEVERAL_WAIT
     */
    public void arrived(TenantId tenant, String event, Optional<String> key, String payloadJson) {
        Optional<Instant> unused = arrived(tenant, event, key, payloadJson, Duration.ZERO);
    }

    /**
     * The same; an event that nobody waits for yet is kept, and the next run that waits for it gets it at once. Several
     * are handed out in the order in which they came.
     *
     * @param keep how long; zero: not at all
     * @return until when it is kept; empty when it was delivered
     * @throws FastnException SEVERAL_WAIT, and NOBODY_WAITS where it is not kept
     */
    public Optional<Instant> arrived(
            TenantId tenant, String event, Optional<String> key, String payloadJson, Duration keep) {
        String message = AwaitedEvent.message(event, key);
        String what = "event \"" + event + "\""
                + key.map(text -> " with key \"" + text + "\"").orElse("");
        for (int tries = 0; tries < TRIES; tries++) {
            List<EventSubscription> waiting = waiting(tenant, message);
            if (waiting.isEmpty() && !keep.isZero()) {
                Optional<Instant> until = early.keep(
                        tenant,
                        message,
                        payloadJson,
                        keep,
                        () -> waiting(tenant, message).isEmpty());
                if (until.isPresent()) {
                    return until;
                }
            } else if (isDelivered(theOne(waiting, what), message, payloadJson)) {
                return Optional.empty();
            }
        }
        throw nobody(what);
    }

    private boolean isDelivered(EventSubscription waiting, String message, String payloadJson) {
        try {
            engine.messageEventReceived(
                    message,
                    waiting.getExecutionId(),
                    Variables.createVariables()
                            .putValueTyped(FastnBpmn.PAYLOAD_VARIABLE, Variables.stringValue(payloadJson, true)));
            return true;
        } catch (OptimisticLockingException | NullValueException e) {
            return false; // the subscription was taken away meanwhile
        }
    }

    private static EventSubscription theOne(List<EventSubscription> waiting, String what) {
        if (waiting.size() > 1) {
            throw new FastnException(
                    ErrorCode.SEVERAL_WAIT,
                    waiting.size() + " executions wait for " + what
                            + ": a key that only one of them waits with is expected");
        }
        return waiting.stream().findFirst().orElseThrow(() -> nobody(what));
    }

    private static FastnException nobody(String what) {
        return new FastnException(ErrorCode.NOBODY_WAITS, "no execution waits for " + what);
    }

    private List<EventSubscription> waiting(TenantId tenant, String message) {
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
