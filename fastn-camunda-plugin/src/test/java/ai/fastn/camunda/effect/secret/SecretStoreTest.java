package ai.fastn.camunda.effect.secret;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SecretStoreTest {

    private static final Optional<Environment> EVERYWHERE = Optional.empty();
    private static final String CANARY = "canary-9f8e7d6c5b4a";

    private final MasterKey masterKey = MasterKey.random();
    private final DataSource plugin = EffectDatabases.plugin();
    private final Sealing sealing = new Sealing(plugin, masterKey);
    private final SecretStore secrets = new SecretStore(plugin, sealing, Clock.systemUTC());

    @BeforeEach
    void writeSecret() {
        secrets.put(TENANT_A, EVERYWHERE, "SHOPIFY_API_TOKEN", CANARY, "anna");
    }

    @Test
    void aWorkflowReadsASecretByName() {
        assertThat(read(TENANT_A, "SHOPIFY_API_TOKEN")).isEqualTo(new EffectOutcome.Succeeded("\"" + CANARY + "\""));
    }

    @Test
    void theSecretOfTheEnvironmentWinsOverTheOneForAll() {
        secrets.put(TENANT_A, Optional.of(Environment.PRODUCTION), "SHOPIFY_API_TOKEN", "of production", "anna");

        assertThat(value(Environment.PRODUCTION)).isEqualTo("of production");
        assertThat(value(new Environment("staging"))).isEqualTo(CANARY);
        assertThat(secrets.delete(TENANT_A, Optional.of(Environment.PRODUCTION), "SHOPIFY_API_TOKEN"))
                .isTrue();
        assertThat(value(Environment.PRODUCTION)).isEqualTo(CANARY);
    }

    @Test
    void aJsonSecretIsParsedAndANumberStaysText() {
        secrets.put(TENANT_A, EVERYWHERE, "DB", " {\"user\": \"u\", \"password\": \"p\"}", "anna");
        secrets.put(TENANT_A, EVERYWHERE, "PIN", "123456", "anna");

        assertThat(succeeded(read(TENANT_A, "DB")).path("password").asText()).isEqualTo("p");
        assertThat(succeeded(read(TENANT_A, "PIN")).isTextual()).isTrue();
    }

    @Test
    void anUnknownSecretIsNamed() {
        EffectOutcome.Failed outcome = failed(read(TENANT_B, "SHOPIFY_API_TOKEN"));

        assertThat(outcome.name()).isEqualTo("SecretError");
        assertThat(outcome.message())
                .isEqualTo("secret \"SHOPIFY_API_TOKEN\" does not exist in environment \"production\"");
        assertThat(outcome.fields()).containsEntry("code", "FASTN-03030");
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsWorthARetry() throws SQLException {
        EffectDatabases.execute(plugin, "DROP TABLE fastn_secret");

        assertThat(failed(read(TENANT_A, "SHOPIFY_API_TOKEN")).fields())
                .containsEntry("code", "FASTN-03031")
                .containsEntry("retryable", true);
    }

    @Test
    void noTableHoldsASecretInClear() {
        secrets.put(TENANT_A, EVERYWHERE, "SHOPIFY_API_TOKEN", CANARY + "2", "anna");

        assertThat(everyCell())
                .isNotEmpty()
                .noneMatch(cell -> cell.contains("canary") || cell.contains("63616e617279"));
    }

    @Test
    void aRowMovedToAnotherTenantCanNotBeRead() {
        secrets.put(TENANT_B, EVERYWHERE, "SHOPIFY_API_TOKEN", "something", "bob");
        JdbcClient.create(plugin).sql("""
                        UPDATE fastn_secret SET (sealed, version) =
                            (SELECT sealed, version FROM fastn_secret WHERE tenant = 'a') WHERE tenant = 'b'""").update();

        assertThat(failed(read(TENANT_B, "SHOPIFY_API_TOKEN")).message())
                .isEqualTo("sealed text of tenant \"b\" was changed or belongs elsewhere");
    }

    @Test
    void aRowUnderAnotherNameCanNotBeRead() {
        JdbcClient.create(plugin).sql("UPDATE fastn_secret SET name = 'OTHER'").update();

        assertThat(failed(read(TENANT_A, "OTHER")).fields()).containsEntry("code", "FASTN-03031");
    }

    @Test
    void theSameMasterKeyReadsAfterARestart() {
        Sealing restarted = new Sealing(plugin, MasterKey.ofBase64(masterKey.toBase64()));

        assertThat(new SecretStore(plugin, restarted, Clock.systemUTC())
                        .get(TENANT_A, Environment.PRODUCTION, "SHOPIFY_API_TOKEN")
                        .orElseThrow()
                        .value())
                .isEqualTo(CANARY);
    }

    @Test
    void anotherMasterKeyIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new Sealing(plugin, MasterKey.random()))
                .isInstanceOf(FastnException.class)
                .hasMessage("master key is not the one this database was sealed with; its secrets can not be read");
    }

    @Test
    void aTextThatIsNoMasterKeyIsRefused() {
        assertThatThrownBy(() -> MasterKey.ofBase64("c2hvcnQ="))
                .hasMessage("master key has 5 bytes; it must be the Base64 of 32 bytes");
        assertThatThrownBy(() -> MasterKey.ofBase64("***"))
                .hasMessage("master key is not Base64; it must be the Base64 of 32 bytes");
    }

    @Test
    void sealedBytesOpenOnlyForTheirTenantAndTheirPurpose() {
        byte[] sealed = sealing.seal(TENANT_A, "frame".getBytes(StandardCharsets.UTF_8), Associated.of("run", "1"));

        assertThat(sealing.open(TENANT_A, sealed, Associated.of("run", "1")))
                .asString()
                .isEqualTo("frame");
        assertThatThrownBy(() -> sealing.open(TENANT_A, sealed, Associated.of("ru", "n1")))
                .isInstanceOf(FastnException.class);
        assertThatThrownBy(() -> sealing.open(TENANT_B, sealed, Associated.of("run", "1")))
                .isInstanceOf(FastnException.class);
    }

    @Test
    void aSecretTooShortToBeKeptOutOfLogsIsRefused() {
        assertThatThrownBy(() -> secrets.put(TENANT_A, EVERYWHERE, "PIN", "1234", "anna"))
                .hasMessage(
                        "secret \"PIN\" has 4 characters and 4 bytes; it must have at least 6 characters and at most 65536 bytes");
    }

    @Test
    void theListShowsNamesAndNoValues() {
        assertThat(secrets.list(TENANT_A)).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("SHOPIFY_API_TOKEN");
            assertThat(entry.updatedBy()).isEqualTo("anna");
            assertThat(entry.toString()).doesNotContain("canary");
        });
        assertThat(secrets.get(TENANT_A, Environment.PRODUCTION, "SHOPIFY_API_TOKEN")
                        .orElseThrow())
                .asString()
                .doesNotContain("canary");
    }

    private EffectOutcome read(TenantId tenant, String name) {
        return new SecretReads(secrets)
                .perform(new EffectRequest("secrets.get", "{\"name\": \"" + name + "\"}"), scope(tenant), NO_RECORD);
    }

    private String value(Environment environment) {
        return secrets.get(TENANT_A, environment, "SHOPIFY_API_TOKEN")
                .orElseThrow()
                .value();
    }

    private List<String> everyCell() {
        JdbcClient jdbc = JdbcClient.create(plugin);
        return jdbc
                .sql("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
                .query(String.class)
                .list()
                .stream()
                .flatMap(table -> jdbc.sql("SELECT t::text FROM " + table + " t").query(String.class).list().stream())
                .toList();
    }
}
