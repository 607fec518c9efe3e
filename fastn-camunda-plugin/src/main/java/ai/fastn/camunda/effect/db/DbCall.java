package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.Associated;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.StepKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One performance of a statement: look the ledger up where needed, perform, record, commit. */
final class DbCall {

    private static final int FETCH_SIZE = 500;

    /** Two runs create the same table at the same time: the loser finds it there on a second try. */
    private static final Set<String> CREATION_RACE = Set.of("42P07", "42710", "23505");

    private final TenantDatabase database;
    private final Sealing sealing;
    private final SqlStatement statement;
    private final List<Optional<String>> parameters;
    private final EffectScope scope;
    private final AtomicReference<@Nullable PreparedStatement> running = new AtomicReference<>();
    private volatile boolean aborted;

    DbCall(
            TenantDatabase database,
            Sealing sealing,
            SqlStatement statement,
            List<Optional<String>> parameters,
            EffectScope scope) {
        this.database = database;
        this.sealing = sealing;
        this.statement = statement;
        this.parameters = parameters;
        this.scope = scope;
    }

    /** Blocks until the statement is done. */
    EffectOutcome perform() throws SQLException {
        try (TenantConnection connection = database.connect(scope.tenant())) {
            if (scope.rebuilt()) {
                Optional<EffectOutcome> recorded = recorded(connection);
                if (recorded.isPresent()) {
                    return recorded.get();
                }
            }
            database.requireRoom(scope.tenant(), statement);
            return attempt(connection, true);
        }
    }

    /** Ends a running {@link #perform} from another thread. */
    void abort() {
        aborted = true;
        PreparedStatement now = running.get();
        try {
            if (now != null) {
                now.cancel();
            }
        } catch (SQLException e) {
            // The statement timeout of the server ends it then.
            aborted = true;
        }
    }

    private EffectOutcome attempt(TenantConnection connection, boolean again) throws SQLException {
        try {
            return execute(connection);
        } catch (SQLException e) {
            connection.rollback();
            Optional<EffectOutcome> recorded = recordedAfter(connection);
            if (recorded.isPresent()) {
                return recorded.get();
            }
            if (again && isCreationRace(e) && !connection.isBroken()) {
                return attempt(connection, false);
            }
            throw e;
        }
    }

    private EffectOutcome execute(TenantConnection connection) throws SQLException {
        boolean reads = statement.kind() == StepKind.READ;
        connection.begin(reads, timeout());
        String result = result(connection);
        if (!connection.isInTransaction()) {
            connection.destroy();
            throw SqlGate.refused("it ended the transaction it ran in");
        }
        if (!reads) {
            byte[] sealed = sealing.seal(scope.tenant(), result.getBytes(StandardCharsets.UTF_8), associated());
            if (!connection.record(scope, callHash(), sealed)) {
                throw new TakenOverException(scope.execution().value());
            }
        }
        if (aborted) {
            throw new SQLException("aborted", "57014");
        }
        connection.commit();
        return new EffectOutcome.Succeeded(result);
    }

    private String result(TenantConnection connection) throws SQLException {
        try (PreparedStatement prepared = connection.prepare(statement.jdbcSql())) {
            bind(prepared);
            prepared.setFetchSize(FETCH_SIZE);
            running.set(prepared);
            if (aborted) {
                throw new SQLException("aborted", "57014");
            }
            boolean hasRows = prepared.execute();
            return SqlResult.read(prepared, hasRows, database.limits());
        } finally {
            running.set(null);
        }
    }

    private void bind(PreparedStatement prepared) throws SQLException {
        int place = 1;
        for (int number : statement.parameters()) {
            Optional<String> text = parameters.get(number - 1);
            if (text.isPresent()) {
                prepared.setString(place++, text.get());
            } else {
                prepared.setNull(place++, Types.NULL);
            }
        }
    }

    /** After an error another executor may have been first, or the answer to our own COMMIT was lost. */
    private Optional<EffectOutcome> recordedAfter(TenantConnection connection) throws SQLException {
        if (statement.kind() == StepKind.READ) {
            return Optional.empty();
        }
        if (!connection.isBroken()) {
            return recorded(connection);
        }
        try (TenantConnection fresh = database.connect(scope.tenant())) {
            return recorded(fresh);
        }
    }

    private Optional<EffectOutcome> recorded(TenantConnection connection) throws SQLException {
        Optional<LedgerRow> row = connection.recorded(scope);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        if (!MessageDigest.isEqual(row.get().callHash(), callHash())) {
            throw otherPath();
        }
        byte[] result = sealing.open(scope.tenant(), row.get().result(), associated());
        return Optional.of(new EffectOutcome.Succeeded(new String(result, StandardCharsets.UTF_8)));
    }

    private FastnException otherPath() {
        return new FastnException(
                ErrorCode.NON_DETERMINISTIC,
                "execution \"" + scope.execution() + "\" performs another statement as its effect " + scope.ordinal()
                        + " than before: the workflow took another path on retry");
    }

    private boolean isCreationRace(SQLException e) {
        return CREATION_RACE.contains(String.valueOf(e.getSQLState()))
                && statement.jdbcSql().regionMatches(true, 0, "create", 0, "create".length());
    }

    private Duration timeout() {
        Duration limit = database.limits().statementTimeout();
        return scope.remaining().compareTo(limit) < 0 ? scope.remaining() : limit;
    }

    private byte[] associated() {
        return Associated.of("fastn.ledger.v1", scope.execution().value(), Integer.toString(scope.ordinal()));
    }

    private byte[] callHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String[] parts = parameters.stream()
                    .map(text -> text.map(value -> "=" + value).orElse(""))
                    .toArray(String[]::new);
            digest.update(Associated.of("db.query", statement.jdbcSql()));
            return digest.digest(Associated.of(parts));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every Java has SHA-256", e);
        }
    }
}
