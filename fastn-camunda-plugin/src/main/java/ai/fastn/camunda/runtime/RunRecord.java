package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the Execution Log keeps how runs begin, fail and end; told by the engine hooks. */
public interface RunRecord {

    /** A Standard or Long run has begun; called in the engine's transaction. */
    void started(Run run);

    /**
     * A run has begun that its key starts once: nobody else can use the key from now on. That outlives a rollback for
     * an Instant run, whose calls do too; called in the engine's transaction, which holds the key.
     */
    void claimed(Run run, StartKey key);

    /**
     * Whether a run that another one waits for has ended. It does not end before the engine's transaction, in which
     * this is called.
     *
     * @return empty when there is no such run
     */
    Optional<Boolean> isOver(ExecutionId called);

    /** Process instances of the runs that were called by this one, are waited for, and go on. */
    List<String> awaitedBy(ExecutionId caller);

    /** The run as it was started; empty when its row is gone. */
    Optional<Run> find(ExecutionId execution);

    /** An attempt failed and another one follows; called in the engine's transaction. */
    void attemptFailed(Run run, int attempt, RunFailure failure);

    /**
     * A failed run goes on after somebody retried it; its deadline moves by the time it stood still, which is returned:
     * zero when the run had not failed.
     */
    Duration resumed(ExecutionId execution);

    /** The run has another deadline than it had; called in the engine's transaction. */
    void postponed(Run run);

    /** The run is over; called in the engine's transaction. An end that is already recorded stays. */
    void ended(Run run, RunEnd end);

    /** The same in a transaction of its own, for an Instant run whose engine transaction is rolled back. */
    void endedApart(Run run, RunEnd end);
}
