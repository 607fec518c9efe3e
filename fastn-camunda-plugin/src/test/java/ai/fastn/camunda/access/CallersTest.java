package ai.fastn.camunda.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class CallersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TenantId ACME = new TenantId("acme");

    private static final DataSource PLUGIN = EffectDatabases.plugin();
    private static final Account ACCOUNT = Account.loadOrCreate(PLUGIN, Optional.empty());

    private final AccessKeys keys = new AccessKeys(PLUGIN, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Callers callers = new Callers(keys, ACCOUNT);

    @BeforeAll
    static void addTenant() {
        new Tenants(PLUGIN).add(ACME, "Acme");
    }

    @Test
    void aKeyOfOneTenantNeedsNoTenantHeader() {
        CreatedKey key = keys.create("ci", Set.of(TenantId.DEFAULT), Optional.empty(), "anna");

        assertThat(key.key()).matches("wak_[0-9A-Za-z]{32}");
        assertThat(callers.identify(key.key(), ACCOUNT.id(), null))
                .isEqualTo(new Caller("ci", TenantId.DEFAULT, Optional.of(key.id())));
        assertThat(callers.identify(key.key(), ACCOUNT.id(), "default").tenant())
                .isEqualTo(TenantId.DEFAULT);
    }

    @Test
    void aKeyOfSeveralTenantsNeedsTheHeader() {
        CreatedKey key = keys.create("ci", Set.of(TenantId.DEFAULT, ACME), Optional.empty(), "anna");

        assertThat(callers.identify(key.key(), ACCOUNT.id(), "acme").tenant()).isEqualTo(ACME);
        assertRefused(key.key(), ACCOUNT.id(), null, ErrorCode.REQUEST_FIELD);
    }

    @Test
    void everyRefusalHasItsCode() {
        CreatedKey key = keys.create("ci", Set.of(TenantId.DEFAULT), Optional.empty(), "anna");

        assertRefused(null, ACCOUNT.id(), null, ErrorCode.KEY_MISSING);
        assertRefused(" ", ACCOUNT.id(), null, ErrorCode.KEY_MISSING);
        assertRefused("wak_unknown", ACCOUNT.id(), null, ErrorCode.KEY_UNKNOWN);
        assertRefused(key.key() + "x", ACCOUNT.id(), null, ErrorCode.KEY_UNKNOWN);
        assertRefused(key.key(), null, null, ErrorCode.ACCOUNT_REFUSED);
        assertRefused(key.key(), "acc_other", null, ErrorCode.ACCOUNT_REFUSED);
        assertRefused(key.key(), ACCOUNT.id(), "acme", ErrorCode.TENANT_REFUSED);
        assertRefused(key.key(), ACCOUNT.id(), "never-existed", ErrorCode.TENANT_REFUSED);
    }

    @Test
    void aRevokedAndAnExpiredKeyAreAsUnknownAsOneThatNeverWas() {
        CreatedKey revoked = keys.create("ci", Set.of(ACME), Optional.empty(), "anna");
        CreatedKey expired = keys.create("ci", Set.of(ACME), Optional.of(NOW), "anna");
        CreatedKey valid = keys.create("ci", Set.of(ACME), Optional.of(NOW.plusMillis(1)), "anna");
        assertThat(keys.revoke(revoked.id())).isTrue();

        assertRefused(revoked.key(), ACCOUNT.id(), null, ErrorCode.KEY_UNKNOWN);
        assertRefused(expired.key(), ACCOUNT.id(), null, ErrorCode.KEY_UNKNOWN);
        assertThat(callers.identify(valid.key(), ACCOUNT.id(), null).tenant()).isEqualTo(ACME);
        assertThat(keys.revoke("no such id")).isFalse();
    }

    @Test
    void theDatabaseHoldsNoKeyThatWouldLetAnybodyIn() {
        CreatedKey key = keys.create("ci", Set.of(ACME), Optional.empty(), "anna");

        assertThat(JdbcClient.create(PLUGIN)
                        .sql("SELECT k::text FROM fastn_access_key k")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(key.key().substring(4)));
        assertThat(keys.list()).extracting(AccessKey::id).contains(key.id());
        assertThat(key).asString().doesNotContain("wak_");
    }

    @Test
    void theAccountIsMadeOnceUnlessItIsConfigured() {
        assertThat(Account.loadOrCreate(PLUGIN, Optional.empty())).isEqualTo(ACCOUNT);
        assertThat(ACCOUNT.id()).matches("acc_[0-9A-Za-z]{16}");
        assertThat(Account.loadOrCreate(PLUGIN, Optional.of("mine")).id()).isEqualTo("mine");
    }

    @Test
    void aKeyForNobodyOrForAnUnknownTenantIsNotMade() {
        assertThatThrownBy(() -> keys.create("ci", Set.of(), Optional.empty(), "anna"))
                .hasMessage("access key names no tenant");
        assertThatThrownBy(() -> keys.create("ci", Set.of(new TenantId("x")), Optional.empty(), "anna"))
                .hasMessage("tenant \"x\" does not exist");
    }

    @Test
    void aTenantIdHasTheFormOfAnId() {
        Tenants tenants = new Tenants(PLUGIN);

        assertThatThrownBy(() -> tenants.add(new TenantId("A b"), "x")).isInstanceOf(FastnException.class);
        assertThat(tenants.exists(ACME)).isTrue();
        assertThat(tenants.all()).contains(new Tenant(TenantId.DEFAULT, "Default"), new Tenant(ACME, "Acme"));
    }

    private void assertRefused(
            @Nullable String key, @Nullable String accountId, @Nullable String tenant, ErrorCode code) {
        assertThatThrownBy(() -> callers.identify(key, accountId, tenant))
                .asInstanceOf(type(FastnException.class))
                .extracting(FastnException::code)
                .isEqualTo(code);
    }
}
