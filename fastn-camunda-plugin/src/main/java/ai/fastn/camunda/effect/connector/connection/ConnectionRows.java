package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.effect.secret.Associated;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a connection lies in its row; the secrets are bound to tenant, id and version. */
final class ConnectionRows {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final Sealing sealing;

    ConnectionRows(Sealing sealing) {
        this.sealing = sealing;
    }

    /** A row as it was read; opened when its database connection is free again, as the key may have to be read too. */
    @SuppressWarnings("ArrayRecordComponent") // read once
    record Sealed(Connection connection, byte[] fields) {}

    static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(read(row), row.getBytes("sealed"));
    }

    Opened open(Sealed sealed) {
        Connection connection = sealed.connection();
        byte[] plain = sealing.open(
                connection.tenant(),
                sealed.fields(),
                associated(connection.tenant(), connection.id(), connection.version()));
        try {
            return new Opened(connection, JSON.readValue(plain, TEXTS));
        } catch (IOException e) {
            throw new IllegalStateException("bug: fields of a connection are not JSON");
        }
    }

    byte[] seal(TenantId tenant, String id, long version, Map<String, String> fields) {
        try {
            return sealing.seal(tenant, JSON.writeValueAsBytes(fields), associated(tenant, id, version));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: fields of a connection are not JSON");
        }
    }

    static Connection read(ResultSet row) throws SQLException {
        return new Connection(
                row.getString("id"),
                new TenantId(row.getString("tenant")),
                Optional.of(row.getString("environment"))
                        .filter(name -> !name.isEmpty())
                        .map(Environment::new),
                row.getString("connector"),
                row.getBoolean("managed"),
                row.getString("label"),
                row.getString("method"),
                Optional.ofNullable(row.getString("account")),
                texts(row.getString("settings")),
                Optional.ofNullable((Boolean) row.getObject("own_app")),
                list(row),
                instant(row, "expires_at"),
                instant(row, "renew_at"),
                ConnectionStatus.valueOf(row.getString("status")),
                row.getBoolean("is_default"),
                instant(row, "last_verified"),
                row.getLong("version"),
                row.getTimestamp("updated_at").toInstant(),
                row.getString("updated_by"));
    }

    static String json(Map<String, String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: settings of a connection are not JSON", e);
        }
    }

    private static Map<String, String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: settings of a connection are not JSON", e);
        }
    }

    private static List<String> list(ResultSet row) throws SQLException {
        return Arrays.asList((String[]) row.getArray("scopes").getArray());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable Timestamp time = row.getTimestamp(column);
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }

    static byte[] associated(TenantId tenant, String id, long version) {
        return Associated.of("fastn.connection.v1", tenant.value(), id, Long.toString(version));
    }
}
