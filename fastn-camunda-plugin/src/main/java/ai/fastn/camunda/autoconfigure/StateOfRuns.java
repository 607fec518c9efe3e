package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.effect.state.StateValues;
import ai.fastn.camunda.engine.RunRemains;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.SQLException;

/** INVOCATION state goes with its run. */
record StateOfRuns(StateValues state) implements RunRemains {

    @Override
    public void clear(Connection connection, ExecutionId execution) throws SQLException {
        state.clearInvocation(connection, execution);
    }

    @Override
    public void clearInstant(ExecutionId execution) {
        state.clearInvocation(execution);
    }
}
