package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.GuestFailure;
import ai.fastn.camunda.runtime.InDoubtException;
import ai.fastn.camunda.runtime.RunEnd;
import ai.fastn.camunda.runtime.RunFailedException;
import ai.fastn.camunda.runtime.RunFailure;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmProcessDefinition;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;

/** What an uncaught error leads to: another attempt, an incident, or the end of an Instant run. */
final class Failures {

    private Failures() {}

    /** Ends the attempt; the engine's transaction commits, because effects do not share it. */
    static void retryLater(
            ActiveRun run, ActivityExecution execution, StepJob job, RetryCycle retries, GuestFailure failure) {
        String element = execution.getActivity().getId();
        String resumeAt = resumeAt(execution, failure);
        StepJob ended = resumeAt.equals(element) ? job : rethrown(execution, resumeAt, retries.attempts(execution));
        RunFailure shown = shown(failure, element);
        StepJob next = ended.next(resumeAt.equals(element) ? null : resumeAt);
        run.failed(failure, resumeAt);
        if (next.retriesLeft() > 0 && failure.retryable()) {
            Duration wait = longer(retries.waitAfter(execution, ended.retriesLeft()), failure);
            run.record().attemptFailed(run.run(), ended.attempt(), shown);
            StepJobs.retry(execution, next, wait, described(shown, failure));
        } else {
            endFailed(run, execution, next, shown, described(shown, failure));
        }
    }

    /** An operator gets an incident; where another run waits for this one, that one gets the error. */
    private static void endFailed(
            ActiveRun run, ActivityExecution execution, StepJob next, RunFailure shown, StepJobs.Failed described) {
        if (run.run().isAwaited()) {
            run.record().ended(run.run(), new RunEnd.Failed(shown));
            run.failsForGood();
            CalledRuns.endFailed((ExecutionEntity) execution, described.message());
        } else {
            standStill(run, execution, next, shown, described);
        }
    }

    private static void standStill(
            ActiveRun run, ActivityExecution execution, StepJob next, RunFailure shown, StepJobs.Failed described) {
        run.record().ended(run.run(), new RunEnd.Failed(shown));
        run.standsStill();
        StepJobs.incident(execution, next, described);
    }

    /**
     * The attempt that ended at a rethrow. The token came there by a sequence flow, so the run itself remembers how
     * often it went back to this effect: without that it would go back for ever.
     */
    private static StepJob rethrown(ActivityExecution execution, String resumeAt, int attempts) {
        String variable = FastnBpmn.ATTEMPT_VARIABLE + resumeAt;
        int attempt = execution.getVariable(variable) instanceof Integer made ? made + 1 : 1;
        ((ExecutionEntity) execution).getProcessInstance().setVariable(variable, attempt);
        return new StepJob(attempt, Math.max(1, attempts - attempt + 1), null, false);
    }

    /** Where the next attempt begins: at the effect that the error came from, else at the element that threw. */
    private static String resumeAt(ActivityExecution execution, GuestFailure failure) {
        String element = execution.getActivity().getId();
        GuestFailure.FailedEffect effect = failure.effect();
        PvmProcessDefinition process = ((ExecutionEntity) execution).getProcessDefinition();
        return effect != null && process.findActivity(effect.elementId()) != null ? effect.elementId() : element;
    }

    /** A limit or a fault of ours: no attempt helps, the run stands still with an incident. */
    static void giveUp(ActiveRun run, ActivityExecution execution, StepJob job, FastnException e) {
        RunFailure shown = shown(e, execution.getActivity().getId());
        StepJobs.Failed described = new StepJobs.Failed(shown.message(), shown.message());
        if (e instanceof InDoubtException) {
            standStill(run, execution, job.next(null), shown, described); // only a person can go on from there
        } else {
            endFailed(run, execution, job.next(null), shown, described);
        }
    }

    /** The end of an Instant run without another attempt; its engine transaction is rolled back. */
    static RunFailedException ofInstant(ActiveRun run, String element, int attempt, GuestFailure failure) {
        RunFailure shown = shown(failure, element);
        run.discard();
        run.record().endedApart(run.run(), new RunEnd.Failed(shown));
        return new RunFailedException(ErrorCode.STEP_FAILED, run.run().execution(), shown);
    }

    /** The end of an Instant run at a limit. */
    static RunFailedException ofInstant(ActiveRun run, String element, FastnException e) {
        RunFailure shown = shown(e, element);
        run.discard();
        run.record()
                .endedApart(
                        run.run(),
                        e.code() == ErrorCode.EXECUTION_TIMEOUT ? new RunEnd.TimedOut() : new RunEnd.Failed(shown));
        return new RunFailedException(e.code(), run.run().execution(), shown);
    }

    /** Waits before the next attempt of an Instant run; false when the error is final or the time does not suffice. */
    static boolean waitInThread(ActiveRun run, GuestFailure failure, Duration interval) {
        Duration wait = longer(interval, failure);
        if (!failure.retryable() || RunSession.now().plus(wait).isAfter(run.deadline())) {
            return false;
        }
        sleep(run, wait);
        return true;
    }

    /**
     * Waits in the thread, at most until the deadline.
     *
     * @throws FastnException EXECUTION_TIMEOUT when the deadline comes first
     */
    static void sleep(ActiveRun run, Duration wait) {
        Duration left = Duration.between(RunSession.now(), run.deadline());
        Duration shorter = wait.compareTo(left) < 0 ? wait : left;
        try {
            Thread.sleep(Math.max(0, shorter.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FastnException(
                    ErrorCode.EXECUTION_CANCELED, "execution \"" + run.run().execution() + "\" was interrupted", e);
        }
        if (wait.compareTo(left) > 0) {
            throw new FastnException(
                    ErrorCode.EXECUTION_TIMEOUT,
                    "execution \"" + run.run().execution() + "\" reached its execution timeout while it waited");
        }
    }

    private static Duration longer(Duration interval, GuestFailure failure) {
        return failure.retryAfter()
                .filter(asked -> asked.compareTo(interval) > 0)
                .orElse(interval);
    }

    static RunFailure shown(GuestFailure failure, String element) {
        GuestFailure.Frame top =
                failure.stack().isEmpty() ? null : failure.stack().get(0);
        return new RunFailure(
                failure.code().code(),
                failure.name(),
                failure.message(),
                element,
                top == null ? 0 : top.line(),
                top == null ? 0 : top.column(),
                failure.fields());
    }

    static RunFailure shown(FastnException e, String element) {
        String message = e.getMessage() == null ? e.code().name() : e.getMessage();
        Map<String, Object> fields = e instanceof InDoubtException doubt ? doubt.fields() : Map.of();
        return new RunFailure(e.code().code(), "FastnError", message, element, 0, 0, fields);
    }

    private static StepJobs.Failed described(RunFailure shown, GuestFailure failure) {
        return new StepJobs.Failed(shown.name() + ": " + shown.message(), failure.summary());
    }
}
