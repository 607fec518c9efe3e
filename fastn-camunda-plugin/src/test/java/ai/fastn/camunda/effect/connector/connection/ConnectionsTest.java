package ai.fastn.camunda.effect.connector.connection;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.workflow.Environment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which connection a call uses, and what changes of connections do. */
class ConnectionsTest {

    private static final Optional<Environment> STAGING = Optional.of(new Environment("staging"));
    private static final Optional<Environment> PRODUCTION = Optional.of(Environment.PRODUCTION);
    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final MasterKey KEY = MasterKey.random();
    private static final ConnectorRegistry REGISTRY = Node.registry(List.of(
            Node.definition(PROVIDER, "keyed", "/key/me", "{type: apiKey, name: X-Key, prefix: 'Key '}"),
            Node.definition(
                    PROVIDER, "named", "/key/me", "{type: apiKey, name: X-Key, prefix: 'Key ', secret: THE_KEY}"),
            Node.definition(PROVIDER, "open", "/key/me", "{type: none}"),
            Node.definition(PROVIDER, "placed", "/{x}", "{type: none}")
                    .replace(PROVIDER.url(), PROVIDER.url() + "/{part}")
                    .replace("/{x}", "/me")));

    private final DataSource plugin = EffectDatabases.plugin();
    private final AtomicInteger statements = new AtomicInteger();
    private final Node node = Node.of(counted(plugin), KEY, REGISTRY, PROVIDER, Clock.systemUTC());
    private final EffectScope run = scope(TENANT_A);

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void theFirstConnectionIsTheDefaultAndAnotherCanBecomeIt() {
        Connection wrong = key("wrong", "not-the-key", Optional.empty());
        Connection right = key("right", FakeProvider.KEY, Optional.empty());
        assertThat(wrong.isDefault()).isTrue();
        assertThat(right.isDefault()).isFalse();
        assertThat(isRight("{}")).isFalse();

        node.connections().makeDefault(TENANT_A, right.id(), "bert");

        assertThat(isRight("{}")).isTrue();
        assertThat(node.connections().list(TENANT_A))
                .filteredOn(Connection::isDefault)
                .extracting(Connection::label)
                .containsExactly("right");
    }

    @Test
    void aDeletedConnectionLeavesNothingOfItsCalls() {
        JdbcClient jdbc = JdbcClient.create(plugin);
        Connection gone = key("gone", FakeProvider.KEY, Optional.empty());
        Connection stays = key("stays", FakeProvider.KEY, Optional.empty());
        for (Connection each : List.of(gone, stays)) {
            jdbc.sql("""
                    WITH c AS (SELECT 'a' AS tenant, 'production' AS environment, 'crm' AS connector, ? AS connection),
                    call AS (INSERT INTO fastn_call (tenant, environment, connector, connection, taken_at, counts_until)
                        SELECT *, now(), now() FROM c),
                    waits AS (INSERT INTO fastn_call_wait SELECT *, 'node', now(), now() FROM c)
                    INSERT INTO fastn_call_hold SELECT *, now() FROM c""").param(each.id()).update();
        }

        node.connections().delete(TENANT_A, gone.id());

        for (String table : List.of("fastn_call", "fastn_call_wait", "fastn_call_hold")) {
            assertThat(jdbc.sql("SELECT connection FROM " + table)
                            .query(String.class)
                            .list())
                    .as(table)
                    .containsExactly(stays.id());
        }
    }

    @Test
    void aCallNamesAConnectionByLabelOrById() {
        key("wrong", "not-the-key", Optional.empty());
        Connection right = key("right", FakeProvider.KEY, Optional.empty());

        assertThat(isRight("{'connection': 'right'}")).isTrue();
        assertThat(isRight("{'connection': '" + right.id() + "'}")).isTrue();
        assertThat(isRight("{'connection': 'wrong'}")).isFalse();
    }

    @Test
    void theDefaultOfTheEnvironmentWinsOverTheOneForAll() {
        key("everywhere", "not-the-key", Optional.empty());
        key("of production", FakeProvider.KEY, PRODUCTION);
        key("of staging", "not-the-key", STAGING);

        assertThat(isRight("{}")).isTrue();
    }

    @Test
    void oneLabelMayStandForAnotherConnectionInEachEnvironment() {
        key("main", "not-the-key", STAGING);
        key("main", FakeProvider.KEY, PRODUCTION);

        assertThat(isRight("{'connection': 'main'}")).isTrue();
    }

    @Test
    void anUnknownLabelIsAnsweredWithTheKnownOnes() {
        key("north", FakeProvider.KEY, Optional.empty());
        key("south", FakeProvider.KEY, Optional.empty());
        key("hidden", FakeProvider.KEY, STAGING);

        EffectOutcome.Failed error = failed(node.call("keyed", "{'connection': 'nord'}", run));

        assertThat(error.message())
                .isEqualTo("keyed.me: connection \"nord\" of connector \"keyed\" does not exist in environment"
                        + " \"production\"; there are north, south");
        assertThat(error.fields()).containsEntry("code", "FASTN-03060").containsEntry("retryable", false);
    }

    @Test
    void withoutAConnectionTheSecretOfTheDefinitionServes() {
        node.secrets().put(TENANT_A, Optional.empty(), "THE_KEY", FakeProvider.KEY, "anna");
        assertThat(isRight("named", "{}")).isTrue();

        node.connect(TENANT_A, "named", "main", Map.of("key", "not-the-key"));

        assertThat(isRight("named", "{}")).isFalse();
    }

    @Test
    void withoutAConnectionAndWithoutASecretTheErrorNamesTheConnector() {
        EffectOutcome.Failed error = failed(node.call("keyed", "{}", run));

        assertThat(error.message())
                .isEqualTo("keyed.me: connector \"keyed\" has no default connection in environment \"production\"");
        assertThat(error.fields()).containsEntry("code", "FASTN-03061");
    }

    @Test
    void connectionsOfAnotherTenantDoNotExist() {
        Connection made = key("main", FakeProvider.KEY, Optional.empty());

        assertThat(failed(node.call("keyed", "{'connection': 'main'}", scope(TENANT_B)))
                        .fields())
                .containsEntry("code", "FASTN-03060");
        assertThat(failed(node.call("keyed", "{'connection': '" + made.id() + "'}", scope(TENANT_B)))
                        .fields())
                .containsEntry("code", "FASTN-03060");
        assertThatThrownBy(() -> node.connections().get(TENANT_B, made.id()))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_UNKNOWN));
        assertThatThrownBy(() -> node.connections().delete(TENANT_B, made.id()))
                .hasMessage("connection \"" + made.id() + "\" does not exist");
    }

    @Test
    void aNewKeyIsInForceWithTheNextCallOnEveryNode() {
        Connection made = key("main", "not-the-key", Optional.empty());
        Node other = Node.of(plugin, KEY, REGISTRY, PROVIDER, Clock.systemUTC());
        assertThat(failed(other.call("keyed", "{}", run)).fields()).containsEntry("status", 401);

        node.connections()
                .change(
                        TENANT_A,
                        made.id(),
                        new ConnectionChange(
                                Optional.empty(), Map.of("key", FakeProvider.KEY), Optional.empty(), Optional.empty()),
                        "bert");

        assertThat(isRight("{}")).isTrue();
        assertThat(succeeded(other.call("keyed", "{}", run)).at("/output/right").asBoolean())
                .isTrue();
    }

    @Test
    void aConnectionThatIsSwitchedOffIsNotUsed() {
        Connection made = key("main", FakeProvider.KEY, Optional.empty());
        setActive(made, false);

        EffectOutcome.Failed error = failed(node.call("keyed", "{}", run));

        assertThat(error.message()).isEqualTo("keyed.me: connection \"main\" is switched off");
        assertThat(error.fields()).containsEntry("code", "FASTN-03063");
        setActive(made, true);
        assertThat(isRight("{}")).isTrue();
    }

    @Test
    void aLabelIsUsedOnceForAConnectorAndAnEnvironment() {
        key("main", FakeProvider.KEY, Optional.empty());

        assertThatThrownBy(() -> key("main", FakeProvider.KEY, Optional.empty()))
                .hasMessage("member \"label\" is \"main\", which another connection of this connector has");
        assertThat(key("main", FakeProvider.KEY, STAGING).label()).isEqualTo("main");
    }

    @Test
    void aCallCostsOneQueryAndItIsIndexed() {
        key("main", FakeProvider.KEY, Optional.empty());
        isRight("{}");

        statements.set(0);
        isRight("{}");
        isRight("{'connection': 'main'}");
        assertThat(statements).hasValue(2);
        statements.set(0);
        failed(node.call("open", "{}", run));
        assertThat(statements).as("nothing to look up").hasValue(0);

        List<String> plan = JdbcClient.create(plugin)
                .sql("EXPLAIN SELECT * FROM fastn_connection WHERE tenant = 'a' AND connector = 'keyed'"
                        + " AND managed = true AND environment IN ('production', '') AND is_default"
                        + " ORDER BY environment DESC LIMIT 1")
                .query(String.class)
                .list();
        assertThat(String.join("\n", plan)).contains("Index Scan").doesNotContain("Seq Scan");
    }

    @Test
    void settingsCompleteTheAddressAndStayInsideIt() {
        Connection made = placed("key");
        assertThat(failed(node.call("placed", "{}", run)).fields()).containsEntry("status", 401);
        assertThat(made.settings()).containsEntry("part", "key");

        for (String bad : List.of("../basic", "a/b", "a?b=", "a#b", "..", "", "a@b")) {
            assertThatThrownBy(() -> placed(bad))
                    .isInstanceOfSatisfying(
                            FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_INCOMPLETE));
        }
    }

    private Connection placed(String part) {
        return node.connections()
                .create(
                        TENANT_A,
                        new ConnectionDraft(
                                "placed",
                                Optional.empty(),
                                Optional.empty(),
                                "main",
                                Map.of(),
                                Map.of("part", part),
                                List.of(),
                                Optional.empty()),
                        "anna");
    }

    private void setActive(Connection connection, boolean active) {
        node.connections()
                .change(
                        TENANT_A,
                        connection.id(),
                        new ConnectionChange(Optional.empty(), Map.of(), Optional.empty(), Optional.of(active)),
                        "bert");
    }

    private Connection key(String label, String key, Optional<Environment> environment) {
        return node.connect(TENANT_A, "keyed", label, Map.of("key", key), environment);
    }

    private boolean isRight(String arguments) {
        return isRight("keyed", arguments);
    }

    private boolean isRight(String connector, String arguments) {
        return node.call(connector, arguments, run) instanceof EffectOutcome.Succeeded;
    }

    /** The same database, counting statements. */
    private DataSource counted(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> method.getName().equals("getConnection")
                        ? connection(real.getConnection())
                        : invoke(real, method, arguments));
    }

    private Object connection(java.sql.Connection real) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {java.sql.Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.incrementAndGet();
                    }
                    return invoke(real, method, arguments);
                });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
