package ai.fastn.camunda.execution;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.AwaitedEvent;
import ai.fastn.camunda.workflow.TenantId;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.EventSubscriptionQuery;
import org.camunda.bpm.engine.variable.Variables;

/** Events for the runs that wait for them in {@code fastn.waitFor}; messages of other processes are out of reach. */
public final class AwaitedEvents {

    /** A run that goes on at this very moment takes its subscription away, or makes it anew. */
    private static final int TRIES = 5;

    private final RuntimeService engine;

    public AwaitedEvents(RuntimeService engine) {
        this.engine = engine;
    }

    /**
     * Gives an event to the run that waits for it; the run goes on in a job.
     *
     * @param payloadJson what {@code fastn.waitFor} gives
     * @throws FastnException NOBODY_WAITS, SEVERAL_WAIT
     */
    public void arrived(TenantId tenant, String event, Optional<String> key, String payloadJson) {
        String message = AwaitedEvent.message(event, key);
        String what = "event \"" + event + "\""
                + key.map(text -> " with key \"" + text + "\"").orElse("");
        for (int tries = 0; tries < TRIES; tries++) {
            if (isDelivered(theOne(waiting(tenant, message), what), message, payloadJson)) {
                return;
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
                .list().stream().filter(this::isOfWorkflow).toList();
    }

    private boolean isOfWorkflow(EventSubscription waiting) {
        return waiting.getProcessInstanceId() != null
                && engine.createVariableInstanceQuery()
                                .processInstanceIdIn(waiting.getProcessInstanceId())
                                .variableName(FastnBpmn.EXECUTION_VARIABLE)
                                .count()
                        > 0;
    }
}
