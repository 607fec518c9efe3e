package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where the journals of runs are kept. A line once written is never changed. Thread-safe. */
public interface JournalStore {

    /** All lines of a run, in the order of their ordinals within an epoch. */
    List<JournalLine> load(ExecutionId execution);

    /**
     * Writes lines in one transaction of its own.
     *
     * @return how many were new
     */
    int append(ExecutionId execution, List<JournalLine> lines);

    /** Writes a line in the transaction of an effect; says whether the line is kept with it. */
    boolean append(Connection connection, ExecutionId execution, JournalLine line) throws SQLException;

    void delete(ExecutionId execution);
}
