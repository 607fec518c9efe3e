package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The secrets of all tenants, sealed. A secret belongs to one environment or to all; the more specific one is used. It
 * can be written and used, but nobody can have it shown again.
 */
public final class SecretStore implements SealedRows {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,127}");
    private static final String EVERY_ENVIRONMENT = "";
    /** Shorter ones occur in ordinary text by chance, so that they could not be kept out of logs and results. */
    private static final int SHORTEST = 6;

    private static final int LONGEST_BYTES = 65_536;

    private final JdbcClient jdbc;
    private final Sealing sealing;
    private final Clock clock;

    public SecretStore(DataSource plugin, Sealing sealing, Clock clock) {
        this.jdbc = JdbcClient.create(plugin);
        this.sealing = sealing;
        this.clock = clock;
    }

    /**
     * Writes a secret; the next read gets the new value.
     *
     * @param environment empty: for every environment
     * @throws FastnException REQUEST_FIELD when name or value do not have the form of one
     */
    public void put(TenantId tenant, Optional<Environment> environment, String name, String value, String who) {
        requireForm(name, value);
        long version = jdbc.sql("SELECT nextval('fastn_secret_version')")
                .query(Long.class)
                .single();
        String place = place(environment);
        byte[] sealed =
                sealing.seal(tenant, value.getBytes(StandardCharsets.UTF_8), associated(tenant, place, name, version));
        jdbc.sql("""
                        INSERT INTO fastn_secret (tenant, environment, name, version, sealed, updated_at, updated_by)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant, environment, name) DO UPDATE SET version = excluded.version,
                            sealed = excluded.sealed, updated_at = excluded.updated_at, updated_by = excluded.updated_by""")
                .params(tenant.value(), place, name, version, sealed)
                .params(clock.instant().atOffset(ZoneOffset.UTC), who)
                .update();
    }

    /** The secret as this environment sees it. */
    public Optional<Secret> get(TenantId tenant, Environment environment, String name) {
        return jdbc.sql("""
                        SELECT environment, name, version, sealed FROM fastn_secret
                        WHERE tenant = ? AND name = ? AND environment IN (?, '') ORDER BY environment DESC LIMIT 1""")
                .params(tenant.value(), name, environment.name())
                .query((row, number) -> Row.of(row))
                .optional()
                .map(row -> open(tenant, row));
    }

    /** Deletes the secret of exactly this environment (empty: the one for all); false when there is none. */
    public boolean delete(TenantId tenant, Optional<Environment> environment, String name) {
        return jdbc.sql("DELETE FROM fastn_secret WHERE tenant = ? AND environment = ? AND name = ?")
                        .params(tenant.value(), place(environment), name)
                        .update()
                > 0;
    }

    /** What a tenant has, by name. */
    public List<SecretEntry> list(TenantId tenant) {
        return jdbc.sql("""
                        SELECT name, environment, version, updated_at, updated_by FROM fastn_secret
                        WHERE tenant = ? ORDER BY name, environment""")
                .param(tenant.value())
                .query((row, number) -> new SecretEntry(
                        row.getString("name"),
                        Optional.of(row.getString("environment"))
                                .filter(place -> !place.equals(EVERY_ENVIRONMENT))
                                .map(Environment::new),
                        row.getLong("version"),
                        row.getTimestamp("updated_at").toInstant(),
                        row.getString("updated_by")))
                .list();
    }

    @Override
    public int sealAgain(TenantId tenant, int limit) {
        List<Row> rows = jdbc.sql("""
                        SELECT environment, name, version, sealed FROM fastn_secret
                        WHERE tenant = ? AND substring(sealed FROM 1 FOR 5) <> ? LIMIT ?""")
                .params(tenant.value(), sealing.mark(tenant), limit)
                .query((row, number) -> Row.of(row))
                .list();
        for (Row row : rows) {
            byte[] associated = associated(tenant, row.environment(), row.name(), row.version());
            jdbc.sql(
                            "UPDATE fastn_secret SET sealed = ? WHERE tenant = ? AND environment = ? AND name = ? AND version = ?")
                    .params(
                            sealing.seal(tenant, sealing.open(tenant, row.sealed(), associated), associated),
                            tenant.value(),
                            row.environment(),
                            row.name(),
                            row.version())
                    .update();
        }
        return rows.size();
    }

    @Override
    public boolean waits(TenantId tenant) {
        return false;
    }

    /** When the connection of the row is free again: sealing may need one. */
    private Secret open(TenantId tenant, Row row) {
        byte[] associated = associated(tenant, row.environment(), row.name(), row.version());
        byte[] value = sealing.open(tenant, row.sealed(), associated);
        return new Secret(row.name(), row.version(), new String(value, StandardCharsets.UTF_8));
    }

    @SuppressWarnings("ArrayRecordComponent") // opaque, from a row to the key that opens it
    private record Row(String environment, String name, long version, byte[] sealed) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("environment"),
                    row.getString("name"),
                    row.getLong("version"),
                    row.getBytes("sealed"));
        }
    }

    private static String place(Optional<Environment> environment) {
        return environment.map(Environment::name).orElse(EVERY_ENVIRONMENT);
    }

    private static byte[] associated(TenantId tenant, String place, String name, long version) {
        return Associated.of("fastn.secret.v1", tenant.value(), place, name, Long.toString(version));
    }

    private static void requireForm(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "secret name \"" + name
                            + "\" does not have the form of one: a letter, then letters, digits, \"_\", \".\" and \"-\", at most 128 characters");
        }
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (value.length() < SHORTEST || bytes > LONGEST_BYTES) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "secret \"" + name + "\" has " + value.length() + " characters and " + bytes
                            + " bytes; it must have at least " + SHORTEST + " characters and at most " + LONGEST_BYTES
                            + " bytes");
        }
    }
}
