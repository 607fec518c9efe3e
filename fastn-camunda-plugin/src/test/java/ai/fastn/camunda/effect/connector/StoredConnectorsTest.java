package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Row D7: a tenant's own definitions, their versions, and which of them a call means. */
class StoredConnectorsTest {

    private static final String FILE = """
            slug: %s
            title: A file
            baseUrl: https://file.example
            actions: {look: {method: GET, path: /look}}
            """;

    private final AtomicInteger connections = new AtomicInteger();
    private final DataSource database = counted(EffectDatabases.plugin());
    private final ConnectorFiles files = new ConnectorFiles(UnaryOperator.identity());
    private final ConnectorRegistry registry = registry();
    private final ConnectorRegistry otherNode = registry();

    private ConnectorRegistry registry() {
        return new ConnectorRegistry(
                List.of(files.parse("crm.yaml", FILE.formatted("crm"))),
                Map.of(TENANT_A, List.of(files.parse("gamma.yaml", FILE.formatted("gamma")))),
                new StoredConnectors(database));
    }

    private DataSource counted(DataSource real) {
        return new DelegatingDataSource(real) {
            @Override
            public Connection getConnection() throws SQLException {
                connections.incrementAndGet();
                return super.getConnection();
            }
        };
    }

    private static JsonNode shop(String path) {
        return json("{\"slug\": \"my-shop\", \"title\": \"My Shop\", \"baseUrl\": \"https://shop.example\","
                + " \"actions\": {\"getOrder\": {\"method\": \"GET\", \"path\": \"" + path + "\"}}}");
    }

    private static JsonNode crm(String method) {
        return json("{\"slug\": \"crm\", \"title\": \"Own CRM\", \"baseUrl\": \"https://own.example\","
                + " \"actions\": {\"look\": {\"method\": \"" + method + "\", \"path\": \"/own\"}}}");
    }

    private static String pathOf(ConnectorDefinition definition) {
        return ((ActionWork.Http) definition.actions().get(0).work()).path();
    }

    private static ConnectorVersions shopAt(int version) {
        return new ConnectorVersions(Map.of("my-shop", version));
    }

    @Test
    void aDefinitionIsOfItsTenantOnly() {
        registry.put(TENANT_A, "my-shop", shop("/v1"), "ann");

        assertThat(registry.resolve(TENANT_A, "myShop", "custom", ConnectorVersions.NONE)
                        .title())
                .isEqualTo("My Shop");
        assertThat(registry.catalogOf(TENANT_A).connector("my-shop")).isPresent();
        assertThat(registry.catalogOf(TENANT_B).connector("my-shop")).isEmpty();
        assertThatThrownBy(() -> registry.resolve(TENANT_B, "myShop", null, ConnectorVersions.NONE))
                .hasMessage("connector \"myShop\" does not exist; there are crm");
    }

    @Test
    void aVersionNeverChangesAndTheNewestIsCurrent() {
        registry.put(TENANT_A, "my-shop", shop("/v1"), "ann");
        ConnectorRegistry.Put second = registry.put(TENANT_A, "my-shop", shop("/v2"), "bob");

        assertThat(second.connector().version()).hasValue(2);
        assertThat(pathOf(registry.get(TENANT_A, "my-shop").definition())).isEqualTo("/v2");
        assertThat(pathOf(registry.resolve(TENANT_A, "myShop", null, shopAt(1))))
                .isEqualTo("/v1");
        assertThat(registry.versions(TENANT_A, "my-shop"))
                .extracting(ConnectorVersion::version, ConnectorVersion::createdBy)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "bob"), org.assertj.core.groups.Tuple.tuple(1, "ann"));
        assertThatThrownBy(() -> registry.resolve(TENANT_A, "myShop", null, shopAt(3)))
                .hasMessageStartingWith("connector \"my-shop\" has no version 3");
    }

    @Test
    void theSameDefinitionAgainIsNoNewVersion() {
        registry.put(TENANT_A, "my-shop", shop("/v1"), "ann");

        ConnectorRegistry.Put again = registry.put(TENANT_A, "my-shop", shop("/v1"), "bob");

        assertThat(again.unchanged()).isTrue();
        assertThat(again.connector().version()).hasValue(1);
    }

    @Test
    void aDeletedDefinitionStaysForWhatWasPublishedWithIt() {
        registry.put(TENANT_A, "my-shop", shop("/v1"), "ann");

        registry.delete(TENANT_A, "my-shop");

        assertThat(registry.catalogOf(TENANT_A).connector("my-shop")).isEmpty();
        assertThat(pathOf(registry.resolve(TENANT_A, "myShop", null, shopAt(1))))
                .isEqualTo("/v1");
        assertThatThrownBy(() -> registry.delete(TENANT_A, "my-shop"))
                .hasMessage("connector \"my-shop\" does not exist; there are crm, gamma");
        assertThat(registry.put(TENANT_A, "my-shop", shop("/v1"), "ann")
                        .connector()
                        .version())
                .as("numbers go on")
                .hasValue(2);
    }

    @Test
    void whatTheOperatorInstalledIsNotChangedHere() {
        assertThatThrownBy(() -> registry.delete(TENANT_A, "crm"))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_NOT_OWN));
        assertThatThrownBy(() -> registry.put(
                        TENANT_A, "gamma", json(shop("/x").toString().replace("my-shop", "gamma")), "ann"))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_NOT_OWN));
    }

    @Test
    void aMistakeIsNamedWithItsPlaceAndNothingIsKept() {
        JsonNode wrong = json(shop("/v1").toString().replace("GET", "FETCH"));

        assertThatThrownBy(() -> registry.put(TENANT_A, "my-shop", wrong, "ann"))
                .hasMessage(
                        "connector definition my-shop: actions.getOrder.method is \"FETCH\"; allowed are DELETE, GET,"
                                + " HEAD, PATCH, POST, PUT");
        assertThatThrownBy(() -> registry.put(TENANT_A, "other", shop("/v1"), "ann"))
                .hasMessage("connector definition other: slug is \"my-shop\" and the path says \"other\"");
        assertThat(registry.catalogOf(TENANT_A).connector("my-shop")).isEmpty();
    }

    @Test
    void twoDefinitionsOfOneTenantNeverHaveOneNameInCode() {
        registry.put(TENANT_A, "a-1", json(shop("/x").toString().replace("my-shop", "a-1")), "ann");

        assertThatThrownBy(() ->
                        registry.put(TENANT_A, "a1", json(shop("/x").toString().replace("my-shop", "a1")), "ann"))
                .hasMessage("connector definition a1: in code it would be called \"a1\", as \"a-1\" is");
    }

    @Test
    void theTenantsOwnDefinitionSaysWhetherACallReadsOrWrites() {
        registry.put(TENANT_A, "crm", crm("POST"), "ann");
        SecretStore secrets = new SecretStore(
                database,
                new Sealing(database, MasterKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]))),
                Clock.systemUTC());
        EffectRequest look = new EffectRequest("connector.crm.look", "{\"orgId\":null,\"input\":null}");
        EffectRequest managed = new EffectRequest("connector.crm.look", "{\"orgId\":\"managed\",\"input\":null}");
        ConnectorVersions published = new ConnectorVersions(Map.of("crm", ConnectorVersions.MANAGED));

        try (ConnectorCalls calls = new ConnectorCalls(registry, secrets, EgressGuard.allowing(""))) {
            assertThat(calls.kind(look, TENANT_A, ConnectorVersions.NONE)).isEqualTo(StepKind.WRITE);
            assertThat(calls.inDoubt(look, TENANT_A, ConnectorVersions.NONE)).isEqualTo(InDoubt.FAIL);
            assertThat(calls.kind(managed, TENANT_A, ConnectorVersions.NONE)).isEqualTo(StepKind.READ);
            assertThat(calls.kind(look, TENANT_B, ConnectorVersions.NONE)).isEqualTo(StepKind.READ);
            assertThat(calls.kind(look, TENANT_A, published))
                    .as("published when there was the managed one only")
                    .isEqualTo(StepKind.READ);
        }
    }

    @Test
    void codeThatNamesTheManagedDefinitionIsCompiledAgainstThat() {
        registry.put(TENANT_A, "crm", crm("POST"), "ann");

        EffectCatalog catalog = registry.catalogOf(TENANT_A);

        assertThat(catalog.connector("crm").orElseThrow().title()).isEqualTo("Own CRM");
        assertThat(catalog.managedConnector("crm").orElseThrow().title()).isEqualTo("A file");
        assertThat(registry.catalogOf(TENANT_B).hidden()).isEmpty();
    }

    @Test
    void anotherNodeSeesAChangeWhenItCompilesAndCallsCostNoQueryMeanwhile() {
        registry.put(TENANT_A, "my-shop", shop("/v1"), "ann");
        assertThat(pathOf(otherNode.get(TENANT_A, "my-shop").definition())).isEqualTo("/v1");
        registry.put(TENANT_A, "my-shop", shop("/v2"), "ann");

        assertThat(pathOf(otherNode.get(TENANT_A, "my-shop").definition())).isEqualTo("/v2");
        long begin = System.nanoTime();
        connections.set(0);
        for (int call = 0; call < 10_000; call++) {
            otherNode.resolve(TENANT_A, "myShop", null, ConnectorVersions.NONE);
            otherNode.resolve(TENANT_A, "myShop", null, shopAt(2));
        }
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;

        assertThat(connections.get())
                .as("the version once, then one question per second")
                .isLessThanOrEqualTo((int) seconds + 3);
    }
}
