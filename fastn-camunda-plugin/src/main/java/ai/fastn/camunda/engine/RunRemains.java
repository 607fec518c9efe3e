package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.SQLException;

/** What is kept per run elsewhere, and goes with it. */
public interface RunRemains {

    /** In the transaction that ends a Standard or Long run. */
    void clear(Connection connection, Run run) throws SQLException;

    /** After an Instant run; costs nothing where nothing was kept. */
    void clearInstant(ExecutionId execution);
}
