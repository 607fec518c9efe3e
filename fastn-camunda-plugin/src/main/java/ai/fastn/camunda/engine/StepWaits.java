package ai.fastn.camunda.engine;

import ai.fastn.camunda.effect.EffectOutcome.Start;
import ai.fastn.camunda.runtime.AwaitedEvent;
import ai.fastn.camunda.runtime.CalledRun;
import ai.fastn.camunda.runtime.ParkedException;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.workflow.ExecutionId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;

/** What a step that waits without a thread leaves in the engine: a job for its time, a subscription for each event. */
final class StepWaits {

    private StepWaits() {}

    /** The step stands still until its time has come, an event arrives, or a workflow it has called has ended. */
    static void park(ActivityExecution execution, Run run, StepJob job, ParkedException wait) {
        StepJob later = job.behindWait();
        boolean arrived = haveArrived(run, wait) || wereKept(run, wait);
        boolean ended = haveEnded(execution, run, wait);
        if (arrived || ended) {
            StepJobs.goOn(execution, later);
            return;
        }
        wait.due().ifPresent(due -> StepJobs.at(execution, later, due));
        List<AwaitedEvent> messages = messages(wait);
        List<EventSubscriptionEntity> there = subscriptions(execution);
        there.stream().filter(one -> !isOneOf(messages, one)).forEach(EventSubscriptionEntity::delete);
        Set<String> known = there.stream()
                .filter(one -> isOneOf(messages, one))
                .map(EventSubscriptionEntity::getEventName)
                .collect(Collectors.toCollection(HashSet::new));
        messages.stream()
                .filter(event -> known.add(event.message()))
                .forEach(event -> subscribe(execution, new WaitingCall(event.call(), later), event.message()));
    }

    private static List<AwaitedEvent> messages(ParkedException wait) {
        return Stream.concat(
                        wait.events().stream(),
                        wait.calls().stream()
                                .map(call -> new AwaitedEvent(
                                        call.call(),
                                        CalledRuns.message(call.run().execution()))))
                .toList();
    }

    /** A call that has its answer by now may have waited for an event of the same name. */
    private static boolean isOneOf(List<AwaitedEvent> messages, EventSubscriptionEntity subscription) {
        int call = WaitingCall.parse(subscription.getConfiguration()).call();
        return messages.contains(new AwaitedEvent(call, subscription.getEventName()));
    }

    /** The run is locked from here on: what comes later finds a step that waits. */
    private static boolean haveArrived(Run run, ParkedException wait) {
        if (wait.events().isEmpty() && wait.calls().isEmpty()) {
            return false;
        }
        List<Integer> calls = wait.events().stream().map(AwaitedEvent::call).toList();
        return RunSession.withConnection(
                "what has arrived for " + run.scope() + " can not be read",
                connection -> RunSession.current().support().arrivals().haveArrived(connection, run.scope(), calls));
    }

    /** Events that came before this step waited for them. */
    private static boolean wereKept(Run run, ParkedException wait) {
        return !wait.events().isEmpty()
                && RunSession.withConnection(
                        "what was kept for " + run.scope() + " can not be read",
                        connection -> RunSession.current()
                                .support()
                                .arrivals()
                                .takeKept(connection, run.scope(), wait.events(), RunSession.now()));
    }

    /** Starts those that have not been started. */
    private static boolean haveEnded(ActivityExecution execution, Run run, ParkedException wait) {
        boolean any = false;
        for (CalledRun call : wait.calls()) {
            ExecutionId called = call.run().execution();
            Optional<Boolean> over = RunSession.current().support().record().isOver(called);
            Optional<Start> start = call.run().start();
            if (over.isEmpty() && start.isPresent()) {
                CalledRuns.start(
                        execution, run, called, start.get(), wait.calls().size() == 1);
            }
            // a run that is gone is looked for again
            any |= over.orElse(start.isEmpty());
        }
        return any;
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
