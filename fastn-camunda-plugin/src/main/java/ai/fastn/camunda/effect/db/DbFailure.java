package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Makes the {@code DatabaseError} of a call: SQLSTATE and primary message, never a value of the author's data. */
final class DbFailure {

    /** Connection, serialisation and deadlock, resources, intervention of the operator. */
    private static final Set<String> RETRYABLE = Set.of("08", "40", "53", "57");

    private static final Set<String> UNREACHABLE = Set.of("08", "28", "3D");

    private DbFailure() {}

    static EffectOutcome of(FastnException e) {
        return failed(e.getMessage(), e.code(), "", false);
    }

    static EffectOutcome of(SQLException e) {
        String message = String.valueOf(e.getMessage());
        String state = String.valueOf(e.getSQLState());
        if (message.contains("maxResultBuffer")) {
            return failed("SQL statement gives too many bytes at once", ErrorCode.DB_LIMIT, "", false);
        }
        String stateClass = state.length() == 5 ? state.substring(0, 2) : "08";
        ErrorCode code = UNREACHABLE.contains(stateClass) ? ErrorCode.DB_UNAVAILABLE : ErrorCode.DB_STATEMENT_FAILED;
        return failed(state + ": " + primary(e, stateClass), code, state, RETRYABLE.contains(stateClass));
    }

    /** The keys that seal the ledger lie in the plugin's database, which does not answer. */
    static EffectOutcome keysUnreachable() {
        return failed("the database of the plugin can not be reached", ErrorCode.DB_UNAVAILABLE, "", true);
    }

    static EffectOutcome timeout(long millis) {
        return failed(
                "57014: the statement was cancelled after " + millis + " ms",
                ErrorCode.DB_STATEMENT_FAILED,
                "57014",
                true);
    }

    static EffectOutcome aborted() {
        return failed("57014: the statement was cancelled", ErrorCode.DB_STATEMENT_FAILED, "57014", false);
    }

    private static String primary(SQLException e, String stateClass) {
        ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        if (server == null || server.getMessage() == null) {
            return "the database can not be reached";
        }
        // Errors of class 22 (data) quote the value that was wrong.
        return stateClass.equals("22") ? server.getMessage().replaceAll("(?s)\".*\"", "\"…\"") : server.getMessage();
    }

    private static EffectOutcome failed(String message, ErrorCode code, String sqlState, boolean retryable) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", code.code());
        if (!sqlState.isEmpty()) {
            fields.put("sqlState", sqlState);
        }
        fields.put("retryable", retryable);
        return new EffectOutcome.Failed("DatabaseError", message, fields);
    }
}
