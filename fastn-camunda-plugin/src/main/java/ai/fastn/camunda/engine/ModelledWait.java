package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;

/**
 * A receive task that a person has drawn with the template "wait for event": the payload of the event becomes a process
 * variable.
 *
 * @param variable its name
 */
record ModelledWait(String variable) {

    private static final String PROPERTY = "fastn.modelledWait";

    /** From the properties of a receive task; empty when it has nothing to do with us. */
    static Optional<ModelledWait> of(Map<String, String> properties) {
        return FastnBpmn.WAIT_FOR.equals(properties.get(FastnBpmn.EFFECTS_PROPERTY))
                ? Optional.of(new ModelledWait(
                        properties.getOrDefault(FastnBpmn.PAYLOAD_PROPERTY, FastnBpmn.PAYLOAD_VARIABLE)))
                : Optional.empty();
    }

    /** The one that waits with a subscription. */
    static Optional<ModelledWait> at(EventSubscriptionEntity subscription) {
        ActivityImpl activity = subscription.getActivity();
        return activity != null && activity.getProperty(PROPERTY) instanceof ModelledWait wait
                ? Optional.of(wait)
                : Optional.empty();
    }

    void attachTo(ActivityImpl activity) {
        activity.setProperty(PROPERTY, this);
        activity.setActivityBehavior(new ModelledWaitBehavior(this));
    }
}
