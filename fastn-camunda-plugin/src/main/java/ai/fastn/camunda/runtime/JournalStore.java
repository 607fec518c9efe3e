package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where the journals of runs are kept. A line once written is never changed. Thread-safe. */
public interface JournalStore {

    /**
     * Takes a run over: what anybody writes who took it before is refused from now on.
     *
     * @param sequence the checkpoint to go on from, 0 for the start
     * @throws TakenOverException when the run has left that checkpoint or has ended
     */
    Taken take(ExecutionId execution, long sequence);

    /** All lines of a run, in the order of their ordinals within an epoch. */
    List<JournalLine> load(ExecutionId execution);

    /**
     * Writes lines in one transaction of its own.
     *
     * @return how many were new
     * @throws TakenOverException when the run has another owner
     */
    int append(Owner owner, List<JournalLine> lines);

    /**
     * Writes lines in the transaction of an effect; says whether they are kept with it.
     *
     * @throws TakenOverException when the run has another owner
     */
    boolean append(Connection connection, Owner owner, List<JournalLine> lines) throws SQLException;

    /**
     * Takes back that a call was about to be performed; every other line stays for ever.
     *
     * @throws TakenOverException when the run has another owner
     */
    void forget(Owner owner, JournalLine started);

    /** A run that was taken over, with all its lines in the order of their ordinals within an epoch. */
    record Taken(Owner owner, List<JournalLine> lines) {}
}
