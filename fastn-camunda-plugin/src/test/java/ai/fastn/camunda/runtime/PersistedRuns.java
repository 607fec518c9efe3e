package ai.fastn.camunda.runtime;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs whose checkpoints lie in the plugin's tables, as those of a process engine do. */
record PersistedRuns(DataSource database) {

    private static final CheckpointTable TABLE = new CheckpointTable();

    /** A run that begins now and commits to the table. */
    TestEngine engine(StepRunner runner, TestWorkflow workflow, TestEngine.Commit commit) {
        TestEngine engine = new TestEngine(runner, workflow, "{}", commit, this::write);
        begin(engine.scope());
        return engine;
    }

    void begin(RunScope scope) {
        on(connection -> TABLE.begin(connection, scope.execution()));
    }

    void write(RunScope scope, Checkpoint checkpoint) {
        on(connection -> TABLE.write(connection, scope.execution(), checkpoint));
    }

    /** The code of a run has reached its end. */
    void end(Owner owner) {
        on(connection -> TABLE.end(connection, owner));
    }

    /** Somebody ends a run from outside. */
    void cancel(RunScope scope) {
        on(connection -> TABLE.end(connection, scope.execution()));
    }

    private void on(Statements statements) {
        try (Connection connection = database.getConnection()) {
            statements.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is done with a connection. */
    private interface Statements {
        void run(Connection connection) throws SQLException;
    }
}
