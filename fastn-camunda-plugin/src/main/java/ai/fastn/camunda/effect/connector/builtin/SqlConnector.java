package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ActionFailedException;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.Credentials;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code fastn.connector.sql}: statements for databases that the operator lists, or allows tenants to connect to. */
final class SqlConnector {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Connection, serialisation and deadlock, resources, intervention of the operator. */
    private static final Set<String> RETRYABLE = Set.of("08", "40", "53", "57");

    private final SqlSources sources;
    private final SqlConnections connections;

    SqlConnector(SqlSources sources, SqlConnections connections) {
        this.sources = sources;
        this.connections = connections;
    }

    ConnectorDefinition definition() {
        return DefinitionFile.read("sql", Map.of("query", this::query, "execute", this::execute));
    }

    private JsonNode query(JsonNode members, ActionCall call) throws IOException, ActionFailedException {
        return perform(new Input(members), call, true);
    }

    private JsonNode execute(JsonNode members, ActionCall call) throws IOException, ActionFailedException {
        return perform(new Input(members), call, false);
    }

    private JsonNode perform(Input input, ActionCall call, boolean reading) throws IOException, ActionFailedException {
        Duration limit = input.timeout(LONGEST, call.scope().remaining());
        try (Connection connection = open(input.optionalText("source"), call.credentials())) {
            return inTransaction(connection, input, limit, reading);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** A source that the input names is one of the operator's. */
    private Connection open(Optional<String> source, Credentials credentials) throws SQLException, IOException {
        return source.isPresent() || credentials.connection().isEmpty()
                ? sources.get(source).getConnection()
                : connections.open(credentials);
    }

    /** A query leaves nothing behind, also where a database takes "read only" for a hint. */
    private static JsonNode inTransaction(Connection connection, Input input, Duration limit, boolean reading)
            throws SQLException, ActionFailedException {
        boolean done = false;
        connection.setReadOnly(reading);
        try (PreparedStatement statement = connection.prepareStatement(input.text("sql"))) {
            statement.setQueryTimeout(Math.toIntExact(Math.max(1, limit.toSeconds())));
            statement.setMaxRows(input.number("maxRows", SqlRows.MOST) + 1);
            bind(statement, input.members().path("params"));
            JsonNode result = SqlRows.of(statement, statement.execute(), input.number("maxRows", SqlRows.MOST));
            if (!reading) {
                connection.commit();
            }
            done = !reading;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
        }
    }

    private static void bind(PreparedStatement statement, JsonNode params) throws SQLException {
        for (int i = 0; i < params.size(); i++) {
            statement.setObject(i + 1, value(params.get(i)));
        }
    }

    /** Objects and lists are bound as JSON text. */
    private static @Nullable Object value(JsonNode param) {
        if (param.isNull()) {
            return null;
        }
        if (param.isTextual() || param.isBoolean()) {
            return param.isTextual() ? param.textValue() : (Object) param.booleanValue();
        }
        if (param.isNumber()) {
            return number(param);
        }
        return param.toString();
    }

    private static Object number(JsonNode param) {
        if (param.canConvertToLong() && param.isIntegralNumber()) {
            return param.longValue();
        }
        BigDecimal decimal = param.decimalValue();
        BigInteger integer = param.isIntegralNumber() ? param.bigIntegerValue() : null;
        return integer == null ? decimal : new BigDecimal(integer);
    }

    /** Says the SQLSTATE; the database's own message may quote values. */
    private static ActionFailedException failure(SQLException e) {
        String state = Optional.ofNullable(e.getSQLState())
                .filter(text -> text.length() == 5)
                .orElse("");
        boolean known = !SqlStates.reason(state).isEmpty();
        if (!known && (e instanceof SQLTransientConnectionException || state.startsWith("08"))) {
            return new ActionFailedException("the database can not be reached", true, Map.of("sqlState", "08000"));
        }
        if (state.isEmpty()) {
            return new ActionFailedException("the statement failed", false, Map.of());
        }
        String reason = SqlStates.reason(state);
        return new ActionFailedException(
                "the statement failed with SQLSTATE " + state + (reason.isEmpty() ? "" : " (" + reason + ")"),
                RETRYABLE.contains(state.substring(0, 2)) && !state.equals(SqlStates.CANCELED),
                Map.of("sqlState", state));
    }
}
