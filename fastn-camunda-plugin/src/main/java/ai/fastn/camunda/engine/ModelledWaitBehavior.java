package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.KeptEvents;
import ai.fastn.camunda.workflow.TenantId;
import java.util.Optional;
import org.camunda.bpm.engine.impl.bpmn.behavior.ReceiveTaskActivityBehavior;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;

/** A token that comes to a {@link ModelledWait} takes the oldest event that was kept for it and goes on, or waits. */
final class ModelledWaitBehavior extends ReceiveTaskActivityBehavior {

    private final ModelledWait wait;

    ModelledWaitBehavior(ModelledWait wait) {
        this.wait = wait;
    }

    @Override
    public void execute(ActivityExecution execution) throws Exception {
        Optional<String> message = message(execution);
        Optional<String> payload = message.flatMap(name -> kept(execution, name));
        if (payload.isEmpty()) {
            super.execute(execution);
            return;
        }
        execution.setVariable(wait.variable(), StepVariables.value(message.orElseThrow(), payload.get()));
        leave(execution);
    }

    /** The engine has made the subscription already, whose name may have come from an expression. */
    private static Optional<String> message(ActivityExecution execution) {
        String element = execution.getActivity().getId();
        return ((ExecutionEntity) execution)
                .getEventSubscriptions().stream()
                        .filter(one -> element.equals(one.getActivityId())
                                && EventType.MESSAGE.name().equals(one.getEventType()))
                        .map(EventSubscriptionEntity::getEventName)
                        .findFirst();
    }

    /** Until the transaction ends nobody keeps another one, so that who sends it then finds the subscription. */
    private static Optional<String> kept(ActivityExecution execution, String message) {
        TenantId tenant = FastnProcess.tenantOf(execution.getTenantId());
        return RunSession.withConnection(
                "what was kept for message \"" + message + "\" can not be read", connection -> {
                    KeptEvents events = new KeptEvents(connection);
                    events.lock(tenant, message);
                    return events.take(tenant, message, RunSession.now());
                });
    }
}
