package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.runtime.GuestFailure;
import ai.fastn.camunda.runtime.ParkedException;
import ai.fastn.camunda.runtime.StepFailedException;
import java.time.Duration;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.impl.bpmn.behavior.AbstractBpmnActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnExceptionHandler;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.jspecify.annotations.Nullable;

/**
 * An element that runs author code: what happens when the code passes, throws into a lifted {@code try}, throws with
 * nobody to catch it, or runs into a limit ({@code runtime.md} 6 and 7).
 */
abstract class AuthorCodeBehavior extends AbstractBpmnActivityBehavior {

    private final RetryCycle retries;

    AuthorCodeBehavior(RetryCycle retries) {
        this.retries = retries;
    }

    /**
     * Runs the code.
     *
     * @return how the token goes on
     * @throws StepFailedException when the author's code threw
     */
    abstract Next perform(ActiveRun run, ActivityExecution execution, int attempt);

    /** Moves the token after the code has passed. */
    interface Next {
        void go() throws Exception;
    }

    @Override
    public final void execute(ActivityExecution execution) throws Exception {
        RunSession session = RunSession.current();
        StepJob parked = session.takeParkedOf(execution);
        if (parked != null) {
            StepJobs.goOn(execution, parked);
            return;
        }
        StepJob job = session.takeJobOf(execution);
        ActiveRun run = runOf(session, execution, job);
        if (!run.hasPlace()) {
            PlaceWait.begin(run, execution, orFirst(job, execution));
            return;
        }
        if (run.hasWaited()) {
            PlaceWait.end(run, execution, orFirst(job, execution));
            return;
        }
        if (job == null && isCheckpoint(run)) {
            StepJobs.goOn(execution, StepJob.first(retries.attempts(execution)));
            return;
        }
        if (run.isInstant()) {
            executeInstant(run, execution);
            return;
        }
        try {
            executeDurable(run, execution, orFirst(job, execution));
        } catch (TakenOverException e) {
            throw RunSession.givenUp(e);
        }
    }

    /**
     * The run that the code belongs to.
     *
     * @param job that resumes the element; null when the token came by a sequence flow
     */
    ActiveRun runOf(RunSession session, ActivityExecution execution, @Nullable StepJob job) {
        return session.runOf(execution);
    }

    private StepJob orFirst(@Nullable StepJob job, ActivityExecution execution) {
        return job == null ? StepJob.first(retries.attempts(execution)) : job;
    }

    /** Whether the run stops here, so that everything done so far is committed before this element. */
    boolean isCheckpoint(ActiveRun run) {
        return false;
    }

    private void executeDurable(ActiveRun run, ActivityExecution execution, StepJob job) throws Exception {
        Next next;
        try {
            next = perform(run, execution, job.attempt());
        } catch (ParkedException wait) {
            run.stopped();
            StepWaits.park(execution, run.run(), job, wait);
            return;
        } catch (StepFailedException e) {
            endWaits(execution, job);
            if (isCaught(execution, e.failure())) {
                raise(run, execution, e.failure());
            } else {
                Failures.retryLater(run, execution, job, retries, e.failure());
            }
            return;
        } catch (FastnException e) {
            if (PassingFailures.isPassing(e)) {
                throw e;
            }
            if (e.code() == ErrorCode.EXECUTION_CANCELED) {
                throw RunSession.givenUp(e); // the run has ended meanwhile, or this node does: no fault of the run's
            }
            run.stopped();
            endWaits(execution, job);
            if (e.code() == ErrorCode.EXECUTION_TIMEOUT && hasTimeoutEvent()) {
                StepJobs.awaitTimeout(execution, job);
            } else {
                Failures.giveUp(run, execution, job, e);
            }
            return;
        }
        endWaits(execution, job);
        next.go();
    }

    private static void endWaits(ActivityExecution execution, StepJob job) {
        if (job.parked()) {
            StepWaits.over(execution);
        }
    }

    private void executeInstant(ActiveRun run, ActivityExecution execution) throws Exception {
        int attempts = retries.attempts(execution);
        for (int attempt = 1; ; attempt++) {
            Next next;
            try {
                next = perform(run, execution, attempt);
            } catch (StepFailedException e) {
                if (isCaught(execution, e.failure())) {
                    raise(run, execution, e.failure());
                    return;
                }
                Duration wait = retries.waitAfter(execution, attempts - attempt + 1);
                if (attempt >= attempts || !Failures.waitInThread(run, e.failure(), wait)) {
                    throw Failures.ofInstant(run, elementOf(execution), attempt, e.failure());
                }
                run.startOver(e.failure(), elementOf(execution));
                continue;
            } catch (FastnException e) {
                throw Failures.ofInstant(run, elementOf(execution), e);
            }
            next.go();
            return;
        }
    }

    private static String elementOf(ActivityExecution execution) {
        return execution.getActivity().getId();
    }

    /** Whether a timer event of the process ends the run when its time is over. */
    boolean hasTimeoutEvent() {
        return true;
    }

    /** The thrown value stays in the run; the engine only learns that something was thrown. */
    void raise(ActiveRun run, ActivityExecution execution, GuestFailure failure) throws Exception {
        run.live().enterCatch();
        BpmnExceptionHandler.propagateBpmnError(new BpmnError(FastnBpmn.THROWN), execution);
    }

    /** Whether the element lies in a lifted {@code try}: a scope around it has an error event for thrown values. */
    boolean isCaught(ActivityExecution execution, GuestFailure failure) {
        ScopeImpl scope = ((ActivityImpl) execution.getActivity()).getFlowScope();
        while (scope instanceof ActivityImpl activity) {
            if (activity.getProperties().get(BpmnProperties.ERROR_EVENT_DEFINITIONS).stream()
                    .anyMatch(definition -> definition.catchesError(FastnBpmn.THROWN))) {
                return true;
            }
            scope = activity.getFlowScope();
        }
        return false;
    }
}
