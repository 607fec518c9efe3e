package ai.fastn.camunda.access;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Access keys ({@code wak_...}): stored as hashes, so that the database does not let anybody in. */
public final class AccessKeys {

    private static final String PREFIX = "wak_";
    private static final int RANDOM_LENGTH = 32;
    private static final String SELECT = """
            SELECT id, name, hash, created_by, created_at, expires_at, revoked_at,
                   ARRAY(SELECT tenant FROM fastn_access_key_tenant WHERE access_key = id) AS tenants
            FROM fastn_access_key""";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AccessKeys(DataSource plugin, Clock clock) {
        this.jdbc = JdbcClient.create(plugin);
        this.clock = clock;
    }

    /**
     * Makes a key for these tenants.
     *
     * @throws FastnException REQUEST_FIELD without a tenant, TENANT_REFUSED for one that does not exist
     */
    public CreatedKey create(String name, Set<TenantId> tenants, Optional<Instant> expiresAt, String createdBy) {
        requireExisting(tenants);
        CreatedKey created =
                new CreatedKey(UUID.randomUUID().toString(), PREFIX + RandomText.ofLength(RANDOM_LENGTH, random));
        // One statement, so that a key without its tenants never exists.
        jdbc.sql("""
                        WITH made AS (
                            INSERT INTO fastn_access_key (id, name, hash, created_by, created_at, expires_at)
                            VALUES (?, ?, ?, ?, ?, ?) RETURNING id)
                        INSERT INTO fastn_access_key_tenant (access_key, tenant)
                        SELECT made.id, tenant FROM made, unnest(string_to_array(?, ',')) AS tenant""")
                .params(created.id(), name, hash(created.key()), createdBy, utc(clock.instant()))
                .param(expiresAt.map(AccessKeys::utc).orElse(null))
                .param(tenants.stream().map(TenantId::value).collect(Collectors.joining(",")))
                .update();
        return created;
    }

    /** Ends a key at once; false when there is no such key. */
    public boolean revoke(String id) {
        return jdbc.sql("UPDATE fastn_access_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?")
                        .params(utc(clock.instant()), id)
                        .update()
                > 0;
    }

    /** All keys, newest first. */
    public List<AccessKey> list() {
        return jdbc.sql(SELECT + " ORDER BY created_at DESC")
                .query((row, number) -> read(row))
                .list();
    }

    /** The key with this text, when it is neither revoked nor expired. */
    Optional<AccessKey> find(String key) {
        byte[] hash = hash(key);
        return jdbc.sql(SELECT + " WHERE hash = ?")
                .param(hash)
                .query((row, number) ->
                        MessageDigest.isEqual(hash, row.getBytes("hash")) ? Optional.of(read(row)) : noKey())
                .optional()
                .flatMap(found -> found)
                .filter(found -> found.isValidAt(clock.instant()));
    }

    private static Optional<AccessKey> noKey() {
        return Optional.empty();
    }

    private void requireExisting(Set<TenantId> tenants) {
        if (tenants.isEmpty()) {
            throw new FastnException(ErrorCode.REQUEST_FIELD, "access key names no tenant");
        }
        List<String> known =
                jdbc.sql("SELECT id FROM fastn_tenant").query(String.class).list();
        for (TenantId tenant : tenants) {
            if (!known.contains(tenant.value())) {
                throw new FastnException(ErrorCode.TENANT_REFUSED, "tenant \"" + tenant + "\" does not exist");
            }
        }
    }

    private static AccessKey read(ResultSet row) throws SQLException {
        Set<TenantId> tenants = Arrays.stream((String[]) row.getArray("tenants").getArray())
                .map(TenantId::new)
                .collect(Collectors.toSet());
        return new AccessKey(
                row.getString("id"),
                row.getString("name"),
                tenants,
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "expires_at"),
                instant(row, "revoked_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every Java has SHA-256", e);
        }
    }
}
