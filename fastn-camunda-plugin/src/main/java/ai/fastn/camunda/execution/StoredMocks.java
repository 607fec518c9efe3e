package ai.fastn.camunda.execution;

import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code fastn_mocks}: the mocks of Standard and Long runs that have not ended. Others have no row. */
public record StoredMocks(JdbcClient jdbc) {

    /** Of runs that were removed without our knowledge. */
    private static final String SWEEP = """
            DELETE FROM fastn_mocks WHERE execution_id = ANY (ARRAY(
                SELECT m.execution_id FROM fastn_mocks m
                WHERE NOT EXISTS (SELECT 1 FROM fastn_checkpoint c WHERE c.execution_id = m.execution_id) LIMIT ?))""";

    void insert(Run run) {
        RunMocks mocks = run.input().mocks();
        if (mocks.hasRules()) {
            jdbc.sql("INSERT INTO fastn_mocks (execution_id, document) VALUES (?, ?)")
                    .params(run.execution().value(), mocks.document())
                    .update();
        }
    }

    /** A run as it was started, for a run whose row has been read; a live one costs no query. */
    Run with(Run run) {
        RunMocks mocks = run.input().mocks();
        return mocks.hasRules()
                ? jdbc.sql("SELECT document FROM fastn_mocks WHERE execution_id = ?")
                        .param(run.execution().value())
                        .query(String.class)
                        .optional()
                        .map(document -> run.with(new RunMocks(mocks.mode(), document, mocks.recorded())))
                        .orElse(run)
                : run;
    }

    /** The run ends in the transaction of this connection. */
    public static void delete(Connection connection, ExecutionId execution) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM fastn_mocks WHERE execution_id = ?")) {
            delete.setString(1, execution.value());
            delete.executeUpdate();
        }
    }

    /** Forgets at most so many that no run has, and says how many. */
    public int sweep(int limit) {
        return jdbc.sql(SWEEP).param(limit).update();
    }
}
