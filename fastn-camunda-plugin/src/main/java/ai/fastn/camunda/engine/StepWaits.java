package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.AwaitedEvent;
import ai.fastn.camunda.runtime.ParkedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;

/** What a step that waits without a thread leaves in the engine: a job for its time, a subscription for each event. */
final class StepWaits {

    private StepWaits() {}

    /** The step stands still until its time has come or an event arrives. */
    static void park(ActivityExecution execution, StepJob job, ParkedException wait) {
        StepJob later = job.behindWait();
        wait.due().ifPresent(due -> StepJobs.at(execution, later, due));
        Set<String> wanted = wait.events().stream().map(AwaitedEvent::message).collect(Collectors.toSet());
        List<EventSubscriptionEntity> there = subscriptions(execution);
        there.stream().filter(one -> !wanted.contains(one.getEventName())).forEach(EventSubscriptionEntity::delete);
        Set<String> known = there.stream()
                .map(EventSubscriptionEntity::getEventName)
                .collect(Collectors.toCollection(HashSet::new));
        wait.events().stream()
                .filter(event -> known.add(event.message()))
                .forEach(event -> subscribe(execution, new WaitingCall(event.call(), later), event.message()));
    }

    private static void subscribe(ActivityExecution execution, WaitingCall waiting, String message) {
        EventSubscriptionEntity.createAndInsert(
                        (ExecutionEntity) execution,
                        EventType.MESSAGE,
                        (ActivityImpl) execution.getActivity(),
                        waiting.stored())
                .setEventName(message);
    }

    /** The step has ended: no event can reach it any more. */
    static void over(ActivityExecution execution) {
        subscriptions(execution).forEach(EventSubscriptionEntity::delete);
    }

    private static List<EventSubscriptionEntity> subscriptions(ActivityExecution execution) {
        String element = execution.getActivity().getId();
        return ((ExecutionEntity) execution)
                .getEventSubscriptions().stream()
                        .filter(one -> element.equals(one.getActivityId())
                                && EventType.MESSAGE.name().equals(one.getEventType()))
                        .toList();
    }
}
