package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.workflow.Tier;
import java.util.Map;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmTransition;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a Fastn process really continues asynchronously. The BPMN marks every READ and WRITE step with
 * {@code asyncBefore}: that is where a checkpoint may be. At run time only the first step of the body always is one, so
 * that no author code runs in the starting call; our behavior decides about the others. Instant runs have no jobs at
 * all.
 */
final class AsyncSteps {

    private AsyncSteps() {}

    static void arrange(Tier tier, ProgramCollector parts, ProcessDefinitionEntity definition) {
        if (tier.isSynchronous()) {
            parts.steps().forEach(step -> step.setAsyncBefore(false));
            removeTimer(parts.timeout());
        } else {
            parts.steps().forEach(AsyncSteps::keepDeclarationOnly);
            firstStep(definition.findActivity(FastnBpmn.BODY)).setAsyncBefore(true);
            ActivityImpl timeout = parts.timeout();
            if (timeout != null) {
                // an exclusive timer never pre-empts a running step
                declarations(timeout).values().forEach(timer -> timer.setExclusive(false));
                timeout.addListener(ExecutionListener.EVENTNAME_START, new TimeoutListener());
            }
        }
    }

    /** The job declaration stays, so that Cockpit has a job definition for each step; the step itself runs at once. */
    static void keepDeclarationOnly(ActivityImpl step) {
        step.setAsyncBefore(true);
        step.setDelegateAsyncBeforeUpdate(null);
        step.setAsyncBefore(false);
    }

    private static ActivityImpl firstStep(ActivityImpl body) {
        for (ActivityImpl inner : body.getActivities()) {
            if (inner.getIncomingTransitions().isEmpty()
                    && inner.getOutgoingTransitions().size() == 1) {
                PvmTransition first = inner.getOutgoingTransitions().get(0);
                return (ActivityImpl) first.getDestination();
            }
        }
        throw new IllegalStateException(
                "bug: the body of \"" + body.getProcessDefinition().getId() + "\" has no start");
    }

    private static void removeTimer(@Nullable ActivityImpl event) {
        if (event != null) {
            declarations(event).remove(event.getId());
        }
    }

    private static Map<String, TimerDeclarationImpl> declarations(ActivityImpl event) {
        return TimerDeclarationImpl.getDeclarationsForScope(event.getEventScope());
    }
}
