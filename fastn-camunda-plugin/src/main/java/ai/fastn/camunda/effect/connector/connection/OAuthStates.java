package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.effect.secret.Associated;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Authorizations that people have begun in their browsers; each can be completed once, within ten minutes. */
final class OAuthStates {

    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;
    private final Sealing sealing;
    private final Clock clock;

    OAuthStates(DataSource plugin, Sealing sealing, Clock clock) {
        this.jdbc = JdbcClient.create(plugin);
        this.sealing = sealing;
        this.clock = clock;
    }

    /** What is kept of a beginning; texts that are empty do not apply. */
    record Pending(
            String connector,
            boolean managed,
            boolean ownApp,
            String environment,
            String label,
            Map<String, String> settings,
            List<String> scopes,
            @Nullable Boolean isDefault,
            String reconnects,
            String redirectUri,
            String who) {

        ConnectionDraft draft() {
            return new ConnectionDraft(
                    connector,
                    Optional.of(managed ? "managed" : "custom"),
                    Optional.of(environment).filter(name -> !name.isEmpty()).map(Environment::new),
                    label,
                    Map.of(),
                    settings,
                    scopes,
                    Optional.ofNullable(isDefault));
        }
    }

    /** A beginning that comes back. */
    @SuppressWarnings("ArrayRecordComponent") // read once, compared by its caller
    record Begun(TenantId tenant, Pending pending, String verifier, byte[] browserHash) {

        @Override
        public String toString() {
            return "authorization of " + pending.connector();
        }
    }

    void add(TenantId tenant, String state, String browser, String verifier, Pending pending) {
        jdbc.sql("DELETE FROM fastn_oauth_state WHERE expires_at < ?")
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        byte[] hash = hash(state);
        jdbc.sql("""
                        INSERT INTO fastn_oauth_state (state_hash, browser_hash, tenant, connector, request, sealed, expires_at)
                        VALUES (?, ?, ?, ?, ?::jsonb, ?, ?)""")
                .params(hash, hash(browser), tenant.value(), pending.connector(), json(pending))
                .params(
                        sealing.seal(tenant, verifier.getBytes(StandardCharsets.UTF_8), associated(tenant, state)),
                        clock.instant().plus(LIFETIME).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Takes it away, so that nobody can come with it again. */
    Optional<Begun> take(String state) {
        return jdbc.sql("DELETE FROM fastn_oauth_state WHERE state_hash = ? RETURNING *")
                .param(hash(state))
                .query((row, number) -> new Row(
                        new TenantId(row.getString("tenant")),
                        row.getString("request"),
                        row.getBytes("sealed"),
                        row.getBytes("browser_hash"),
                        row.getTimestamp("expires_at").toInstant()))
                .optional()
                .filter(row -> row.expiresAt().isAfter(clock.instant()))
                .map(row -> open(state, row));
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every Java has SHA-256", e);
        }
    }

    private Begun open(String state, Row row) {
        byte[] verifier = sealing.open(row.tenant(), row.sealed(), associated(row.tenant(), state));
        return new Begun(
                row.tenant(), pending(row.request()), new String(verifier, StandardCharsets.UTF_8), row.browserHash());
    }

    /** As stored. */
    @SuppressWarnings("ArrayRecordComponent") // read once
    private record Row(TenantId tenant, String request, byte[] sealed, byte[] browserHash, Instant expiresAt) {}

    private static byte[] associated(TenantId tenant, String state) {
        return Associated.of("fastn.oauth-state.v1", tenant.value(), state);
    }

    private static String json(Pending pending) {
        try {
            return JSON.writeValueAsString(pending);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: an authorization is not JSON", e);
        }
    }

    private static Pending pending(String json) {
        try {
            return JSON.readValue(json, Pending.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: an authorization is not JSON", e);
        }
    }
}
