package ai.fastn.camunda.execution;

import ai.fastn.camunda.runtime.CheckpointTable;
import ai.fastn.camunda.runtime.RunEnd;
import ai.fastn.camunda.workflow.ExecutionId;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs whose process instance was removed without our knowledge, by a delete that skips listeners or by hand: nobody
 * will end them. They count as canceled.
 */
public final class AbandonedRuns {

    private static final String FIND = """
            SELECT c.execution_id FROM fastn_checkpoint c LEFT JOIN fastn_execution e ON e.id = c.execution_id
            WHERE NOT EXISTS (SELECT 1 FROM act_ru_execution x WHERE x.id_ = e.process_instance_id) LIMIT 100""";

    private final JdbcTemplate engine;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final CheckpointTable checkpoints = new CheckpointTable();

    /** @param engine on the engine's data source, with its transactions */
    public AbandonedRuns(JdbcTemplate engine, TransactionTemplate transactions, Clock clock) {
        this.engine = engine;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Ends them. */
    public void end() {
        for (String found : engine.queryForList(FIND, String.class)) {
            transactions.executeWithoutResult(status -> end(new ExecutionId(found)));
        }
    }

    private void end(ExecutionId execution) {
        new ExecutionStore(JdbcClient.create(engine)).end(execution, new RunEnd.Canceled(), clock.instant());
        engine.execute((ConnectionCallback<Boolean>) connection -> {
            checkpoints.end(connection, execution);
            return true;
        });
    }

    /** Which of some Standard and Long runs have not ended. */
    public Set<String> notEnded(Set<String> executions) {
        return Objects.requireNonNull(engine.execute(
                (ConnectionCallback<Set<String>>) connection -> checkpoints.notEnded(connection, executions)));
    }
}
