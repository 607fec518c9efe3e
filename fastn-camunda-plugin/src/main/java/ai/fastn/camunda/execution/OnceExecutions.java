package ai.fastn.camunda.execution;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.lifecycle.Workflow;
import ai.fastn.camunda.runtime.RunFailedException;
import ai.fastn.camunda.runtime.StartKey;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.Tier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts runs that carry a key: one run a key, however often and on however many nodes it is asked for at the same
 * time. Who comes while an Instant run is under way waits for its answer, without holding a connection.
 */
public final class OnceExecutions {

    private static final Duration PATIENCE = Tier.INSTANT.longestTimeout();
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final Executions executions;
    private final ExecutionLog log;
    private final KeyedStarts starts;
    private final TransactionTemplate transactions;

    /** @param transactions those of the engine */
    public OnceExecutions(
            Executions executions, ExecutionLog log, KeyedStarts starts, TransactionTemplate transactions) {
        this.executions = executions;
        this.log = log;
        this.starts = starts;
        this.transactions = transactions;
    }

    /**
     * As {@link Executions#execute}, or what the first start with this key was answered. A start that fails before its
     * run has begun does not use the key up.
     *
     * @throws FastnException START_KEY_REUSED when another request had this key, START_UNDER_WAY when the first run has
     *     not ended within two minutes, START_IN_DOUBT when its node is gone and nobody knows how far it came
     */
    public Started execute(Workflow workflow, ExecuteRequest request, StartKey key) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        Optional<Started> answer = attempt(workflow, request, key);
        while (answer.isEmpty()) {
            if (System.nanoTime() > end) {
                throw underWay(key);
            }
            sleep(pause, key);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            answer = attempt(workflow, request, key);
        }
        return answer.get();
    }

    /** Empty when somebody else is at it. */
    private Optional<Started> attempt(Workflow workflow, ExecuteRequest request, StartKey key) {
        Optional<Started> known = known(workflow, key, false);
        return known.isPresent()
                ? known
                : Optional.ofNullable(transactions.execute(status -> startOrKnown(workflow, request, key)))
                        .flatMap(started -> started);
    }

    private Optional<Started> startOrKnown(Workflow workflow, ExecuteRequest request, StartKey key) {
        if (!starts.hold(workflow.tenant(), workflow.slug(), key)) {
            return Optional.empty();
        }
        Optional<Started> known = known(workflow, key, true);
        return known.isPresent() ? known : Optional.of(start(workflow, request, key));
    }

    private Started start(Workflow workflow, ExecuteRequest request, StartKey key) {
        try {
            return executions.execute(workflow, request, key);
        } catch (RunFailedException e) {
            starts.failed(workflow.tenant(), workflow.slug(), key, e);
            throw e;
        }
    }

    /** @param held whether this thread holds the key, so that nobody works on the run any more */
    private Optional<Started> known(Workflow workflow, StartKey key, boolean held) {
        Optional<KeyedStarts.Known> found = starts.find(workflow.tenant(), workflow.slug(), key);
        if (found.isPresent() && !found.get().request().equals(key.request())) {
            throw new FastnException(
                    ErrorCode.START_KEY_REUSED,
                    "Idempotency-Key \"" + key.text()
                            + "\" was sent with another body before, which started execution \""
                            + found.get().execution() + "\": a new key is expected for a new request");
        }
        return found.flatMap(start ->
                start.instant() ? ended(workflow, start, held) : Optional.of(new Started.Accepted(start.execution())));
    }

    private Optional<Started> ended(Workflow workflow, KeyedStarts.Known start, boolean held) {
        start.failure().ifPresent(OnceExecutions::rethrow);
        Optional<Execution> run = log.lookUp(workflow.tenant(), start.execution());
        if (run.isPresent() && run.get().status() == ExecutionStatus.COMPLETED) {
            return Optional.of(
                    new Started.Completed(start.execution(), run.get().result().orElse("null")));
        }
        if (held) {
            throw run.map(OnceExecutions::failureOf).orElseGet(() -> inDoubt(start));
        }
        return Optional.empty();
    }

    private static void rethrow(RunFailedException failure) {
        throw failure;
    }

    /** The node died between the end of the run and what its caller would have been told. */
    private static FastnException failureOf(Execution run) {
        return run.error()
                .<FastnException>map(failure -> new RunFailedException(ErrorCode.STEP_FAILED, run.id(), failure))
                .orElseGet(() -> new FastnException(
                        ErrorCode.EXECUTION_TIMEOUT, "execution \"" + run.id() + "\" reached its execution timeout"));
    }

    private static FastnException inDoubt(KeyedStarts.Known start) {
        return new FastnException(
                ErrorCode.START_IN_DOUBT,
                "execution \"" + start.execution()
                        + "\" was cut off, its node or its connection to the database is gone:"
                        + " which of its calls were made is not known; look there, then send a new Idempotency-Key to run"
                        + " the workflow again");
    }

    private static FastnException underWay(StartKey key) {
        return new FastnException(
                ErrorCode.START_UNDER_WAY,
                "the first request with Idempotency-Key \"" + key.text() + "\" has not ended after "
                        + PATIENCE.toSeconds() + " s: the same request with the same key is expected later");
    }

    private static void sleep(long millis, StartKey key) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw underWay(key);
        }
    }
}
