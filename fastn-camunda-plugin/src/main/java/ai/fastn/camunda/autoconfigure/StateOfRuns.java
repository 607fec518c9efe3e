package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.effect.state.StateValues;
import ai.fastn.camunda.engine.RunRemains;
import ai.fastn.camunda.execution.StoredMocks;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.SQLException;

/** INVOCATION state and mocks go with their run. */
record StateOfRuns(StateValues state) implements RunRemains {

    @Override
    public void clear(Connection connection, Run run) throws SQLException {
        state.clearInvocation(connection, run.execution());
        if (run.input().mocks().hasRules()) {
            StoredMocks.delete(connection, run.execution());
        }
    }

    @Override
    public void clearInstant(ExecutionId execution) {
        state.clearInvocation(execution);
    }
}
