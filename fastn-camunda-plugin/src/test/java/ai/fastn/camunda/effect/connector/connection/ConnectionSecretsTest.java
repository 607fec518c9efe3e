package ai.fastn.camunda.effect.connector.connection;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.MovedClock;
import ai.fastn.camunda.effect.secret.MasterKey;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** No byte of a credential is where it does not belong: a search over every table, the log and what runs are told. */
class ConnectionSecretsTest {

    private static final String REDIRECT = "https://fastn.example.com/callback";

    private final FakeProvider provider = new FakeProvider();
    private final DataSource plugin = EffectDatabases.plugin();
    private final MovedClock clock = new MovedClock();
    private final Node node = Node.of(
            plugin,
            MasterKey.random(),
            Node.registry(
                    List.of(
                            Node.definition(provider, "crm", "/api/me", OAuthFlowTest.code(provider, "")),
                            Node.definition(provider, "basic", "/basic/me", "{type: basic}"),
                            Node.definition(provider, "digest", "/digest/me", "{type: digest}"),
                            Node.definition(provider, "queried", "/query/me", "{type: apiKey, in: query, name: key}"),
                            Node.definition(
                                    provider,
                                    "login",
                                    "/api/me",
                                    "{type: customLogin, url: '" + provider.url()
                                            + "/login', json: {user: '{username}', pass: '{password}'}, tokenPath: data.token}"))),
            provider,
            clock);
    private final Logger root = (Logger) LoggerFactory.getLogger("ai.fastn");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        root.detachAppender(log);
        node.calls().close();
        provider.close();
    }

    @Test
    void credentialsAreNowhereInTheClear() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        connectEverything();
        for (String connector : List.of("crm", "basic", "digest", "queried", "login")) {
            call(connector, "main");
            call(connector, "wrong");
        }
        provider.endAccessTokens();
        call("crm", "main");
        call("login", "main");
        start("left open");
        provider.revokeEverything();
        call("crm", "main");
        node.connections().list(TENANT_A).forEach(connection -> told.add(connection.toString()));

        List<String> secrets = Stream.concat(
                        provider.given.stream(),
                        Stream.of(
                                FakeProvider.PASSWORD,
                                FakeProvider.KEY,
                                FakeProvider.CLIENT_SECRET,
                                "not the password"))
                .toList();
        assertThat(secrets).hasSizeGreaterThan(8);
        assertNone(secrets, "table", rows());
        assertNone(
                secrets,
                "log",
                log.list.stream()
                        .map(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
                        .toList());
        assertNone(secrets, "outcome", told);
        assertThat(log.list).as("somebody is told").anySatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .contains("of connector crm, tenant a has expired: somebody has to connect it again");
        });
        assertThat(String.join("\n", told)).contains("«secret:main.");
        assertThat(rows()).hasSizeGreaterThan(10);
    }

    @Test
    void aRowThatIsMovedToAnotherTenantCanNotBeOpened() {
        Connection made = node.connect(TENANT_A, "queried", "main", Map.of("key", FakeProvider.KEY));

        JdbcClient.create(plugin)
                .sql("UPDATE fastn_connection SET tenant = 'b'")
                .update();

        assertThatThrownBy(() -> node.connections().get(TENANT_B, made.id()))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_STORE));
    }

    @Test
    void theSecretsOfAnEarlierVersionCanNotBePutBack() {
        Connection made = node.connect(TENANT_A, "queried", "main", Map.of("key", "the-old-key"));
        JdbcClient database = JdbcClient.create(plugin);
        byte[] old = database.sql("SELECT sealed FROM fastn_connection")
                .query(byte[].class)
                .single();
        node.connections()
                .change(
                        TENANT_A,
                        made.id(),
                        new ConnectionChange(
                                Optional.empty(), Map.of("key", FakeProvider.KEY), Optional.empty(), Optional.empty()),
                        "anna");

        database.sql("UPDATE fastn_connection SET sealed = ?").param(old).update();

        assertThatThrownBy(() -> node.connections().get(TENANT_A, made.id()))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_STORE));
    }

    private void connectEverything() {
        provider.redirectUri = REDIRECT;
        node.apps()
                .put(
                        Optional.of(TENANT_A),
                        "crm",
                        FakeProvider.CLIENT_ID,
                        Optional.of(FakeProvider.CLIENT_SECRET),
                        "anna");
        OAuthFlow.Started started = start("main");
        Map<String, String> back = OAuthFlowTest.agree(started.authorizeUrl());
        node.flow()
                .complete(
                        back.getOrDefault("state", ""), back.getOrDefault("code", ""), Optional.of(started.browser()));
        for (String connector : List.of("basic", "digest", "login")) {
            node.connect(TENANT_A, connector, "main", Map.of("username", "bob", "password", FakeProvider.PASSWORD));
            node.connect(TENANT_A, connector, "wrong", Map.of("username", "bob", "password", "not the password"));
        }
        node.connect(TENANT_A, "queried", "main", Map.of("key", FakeProvider.KEY));
    }

    private OAuthFlow.Started start(String label) {
        ConnectionDraft draft = new ConnectionDraft(
                "crm", Optional.empty(), Optional.empty(), label, Map.of(), Map.of(), List.of(), Optional.empty());
        return node.flow().start(TENANT_A, new OAuthBegin(draft, Optional.empty()), Optional.empty(), REDIRECT, "anna");
    }

    private void call(String connector, String label) {
        told.add(node.call(connector, "{'connection': '" + label + "'}", scope(TENANT_A))
                .toString());
    }

    /** Every row of every table as text; bytes are in hex. */
    private List<String> rows() {
        JdbcClient database = JdbcClient.create(plugin);
        List<String> rows = new ArrayList<>();
        for (String table : database.sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
                .query(String.class)
                .list()) {
            rows.addAll(database.sql("SELECT t::text FROM " + table + " t")
                    .query(String.class)
                    .list());
        }
        return rows;
    }

    private static void assertNone(List<String> secrets, String where, List<String> texts) {
        String all = String.join("\n", texts);
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(UTF_8);
            assertThat(all)
                    .as("%s holds a secret", where)
                    .doesNotContain(secret)
                    .doesNotContain(HexFormat.of().formatHex(bytes))
                    .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        }
    }
}
