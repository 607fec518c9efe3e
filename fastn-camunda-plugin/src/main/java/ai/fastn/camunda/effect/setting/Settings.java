package ai.fastn.camunda.effect.setting;

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
 * Table {@code fastn_setting}: the settings of all tenants. A setting belongs to one environment or to all; the more
 * specific one is used. Anybody who may use the API sees them, so they are no place for secrets.
 */
public final class Settings {

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,127}");
    private static final String EVERY_ENVIRONMENT = "";
    private static final int LONGEST_BYTES = 65_536;

    private final JdbcClient jdbc;
    private final Clock clock;

    public Settings(DataSource plugin, Clock clock) {
        this.jdbc = JdbcClient.create(plugin);
        this.clock = clock;
    }

    /**
     * Writes a setting; the next read gets the new value.
     *
     * @param environment empty: for every environment
     * @param valueJson any JSON value, at most 65,536 bytes
     * @throws FastnException REQUEST_FIELD when key or value do not have the form of one
     */
    public Setting put(TenantId tenant, Optional<Environment> environment, String key, String valueJson, String who) {
        requireForm(key, valueJson);
        return jdbc.sql("""
                        INSERT INTO fastn_setting (tenant, environment, key, value, updated_at, updated_by)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant, key, environment) DO UPDATE SET value = excluded.value,
                            updated_at = excluded.updated_at, updated_by = excluded.updated_by
                        RETURNING *""")
                .params(tenant.value(), place(environment), key, valueJson)
                .params(clock.instant().atOffset(ZoneOffset.UTC), who)
                .query((row, number) -> setting(row))
                .single();
    }

    /** The value as this environment sees it, as JSON. */
    public Optional<String> get(TenantId tenant, Environment environment, String key) {
        return jdbc.sql("""
                        SELECT value FROM fastn_setting
                        WHERE tenant = ? AND key = ? AND environment IN (?, '') ORDER BY environment DESC LIMIT 1""")
                .params(tenant.value(), key, environment.name())
                .query(String.class)
                .optional();
    }

    /** Deletes the setting of exactly this environment (empty: the one for all); false when there is none. */
    public boolean delete(TenantId tenant, Optional<Environment> environment, String key) {
        return jdbc.sql("DELETE FROM fastn_setting WHERE tenant = ? AND environment = ? AND key = ?")
                        .params(tenant.value(), place(environment), key)
                        .update()
                > 0;
    }

    /** What a tenant has, by key; the one for all environments first. */
    public List<Setting> list(TenantId tenant) {
        return jdbc.sql("SELECT * FROM fastn_setting WHERE tenant = ? ORDER BY key, environment")
                .param(tenant.value())
                .query((row, number) -> setting(row))
                .list();
    }

    private static Setting setting(ResultSet row) throws SQLException {
        return new Setting(
                row.getString("key"),
                Optional.of(row.getString("environment"))
                        .filter(place -> !place.equals(EVERY_ENVIRONMENT))
                        .map(Environment::new),
                row.getString("value"),
                row.getTimestamp("updated_at").toInstant(),
                row.getString("updated_by"));
    }

    private static String place(Optional<Environment> environment) {
        return environment.map(Environment::name).orElse(EVERY_ENVIRONMENT);
    }

    private static void requireForm(String key, String valueJson) {
        if (!KEY.matcher(key).matches()) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "key \"" + key
                            + "\" of a setting does not have the form of one: a letter, then letters, digits, \"_\","
                            + " \".\" and \"-\", at most 128 characters");
        }
        int bytes = valueJson.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_BYTES) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "setting \"" + key + "\" has " + bytes + " bytes; at most " + LONGEST_BYTES + " are kept");
        }
    }
}
