package ai.fastn.camunda.effect.connector.builtin;

import static ai.fastn.camunda.effect.EffectCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.connector.BuiltIns;
import ai.fastn.camunda.effect.connector.connection.Connection;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Built-in connectors of a tenant that has made connections for them. */
class BuiltInConnectionsTest {

    private static final FakeBucket BUCKET = new FakeBucket();
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final DataSource ERP = EffectDatabases.fresh("erp_of_tenant");
    private static String jdbc;
    private static BuiltIns calls;

    @BeforeAll
    static void start() throws SQLException {
        MAIL.start();
        MAIL.setUser("north@example.com", "north", "north-password");
        EffectDatabases.execute(ERP, "CREATE ROLE northern LOGIN PASSWORD 'northern-password'");
        try (java.sql.Connection connection = ERP.getConnection()) {
            jdbc = connection.getMetaData().getURL().replaceFirst("\\?.*", "");
        }
        calls = new BuiltIns(
                new BuiltInConnectors.Settings(
                        Map.of("erp", new SqlSource(jdbc, "postgres", null, 2)),
                        List.of(jdbc.replaceFirst("/[^/]*$", "/*?ApplicationName=fastn-allowed")),
                        BuiltInConnectors.Settings.NONE.email(),
                        Map.of(),
                        List.of()),
                String.join(
                        ",",
                        "127.0.0.1:" + MAIL.getSmtp().getPort(),
                        "127.0.0.1:" + BUCKET.endpoint().getPort(),
                        jdbc.replaceFirst("jdbc:postgresql://([^/]*)/.*", "$1")));
    }

    @AfterAll
    static void stop() {
        calls.close();
        BUCKET.close();
        MAIL.stop();
    }

    @Test
    void mailGoesByTheServerOfTheConnection() throws Exception {
        calls.connect(
                "email",
                "north",
                Map.of(
                        "host", "127.0.0.1",
                        "port", String.valueOf(MAIL.getSmtp().getPort()),
                        "tls", "none",
                        "from", "North <north@example.com>"),
                Map.of("username", "north", "password", "north-password"));

        calls.callBy("north", "email.send", "{'to': 'ada@example.com', 'subject': 'By name', 'text': 'x'}");
        calls.call("email.send", "{'to': 'ada@example.com', 'subject': 'By default', 'text': 'x'}");

        assertThat(MAIL.getReceivedMessages())
                .extracting(message -> message.getFrom()[0].toString())
                .containsOnly("North <north@example.com>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1       | 25   | FASTN-03006 | host "127.0.0.1" has an address inside this network; the operator can list host:port in fastn.egress.allow
            169.254.169.254 | 587  | FASTN-03006 | host "169.254.169.254" has an address inside this network; the operator can list host:port in fastn.egress.allow
            example.com     | 6379 | FASTN-03006 | port 6379 of host "example.com" is neither of 25, 465, 587, 2525 nor listed in fastn.egress.allow
            example.com     | many | FASTN-03064 | setting "port" of the connection is not a number
            """)
    void aMailServerMustBePublic(String host, String port, String code, String message) {
        String label = "to " + host + " " + port;
        calls.connect("email", label, Map.of("host", host, "port", port, "from", "a@example.com"), Map.of());

        EffectOutcome.Failed error =
                calls.failureBy(label, "email.send", "{'to': 'ada@example.com', 'subject': 'x', 'text': 'x'}");

        assertThat(error.message()).isEqualTo("email.send: " + message);
        assertThat(error.fields()).containsEntry("code", code);
    }

    @Test
    void statementsRunAsTheUserOfTheConnectionAndARotatedPasswordHoldsForTheNextCall() throws Exception {
        Map<String, String> user = Map.of("username", "northern", "password", "northern-password");
        Connection north = calls.connect("sql", "north", Map.of("url", jdbc), user);
        calls.connect("sql", "listed", Map.of("source", "erp"), user);
        String who = "{\"sql\": \"SELECT current_user::text AS u, current_setting('application_name') AS a\"}";

        assertThat(calls.call("sql.query", who).at("/rows/0"))
                .as("the default one")
                .isEqualTo(json("{\"u\": \"northern\", \"a\": \"fastn-allowed\"}"));
        assertThat(calls.callBy("listed", "sql.query", who).at("/rows/0/u").asText())
                .isEqualTo("northern");
        assertThat(calls.call("sql.query", "{\"source\": \"erp\", \"sql\": \"SELECT current_user::text AS u\"}")
                        .at("/rows/0/u")
                        .asText())
                .as("a source of the operator that the call names")
                .isEqualTo("postgres");

        EffectDatabases.execute(ERP, "ALTER ROLE northern PASSWORD 'rotated-password'");
        calls.change(north, Map.of("url", jdbc), Map.of("username", "northern", "password", "rotated-password"));
        assertThat(calls.callBy("north", "sql.query", who).at("/rows/0/u").asText())
                .isEqualTo("northern");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://db.example.com:5432/erp | FASTN-03081 | database "jdbc:postgresql://db.example.com:5432/erp" may not be used by connections: the operator lists those that may in fastn.connectors.sql-allow
            jdbc:postgresql://localhost:5432/erp?socketFactory=x.Y | FASTN-03064 | setting "url" of the connection is not jdbc:<driver>://<host>:<port>/<database>
            jdbc:h2:mem:x;INIT=RUNSCRIPT | FASTN-03064 | setting "url" of the connection is not jdbc:<driver>://<host>:<port>/<database>
            """)
    void aDatabaseMustBeAllowed(String url, String code, String message) {
        String label = "to " + Math.abs(url.hashCode());
        calls.connect("sql", label, Map.of("url", url), Map.of("username", "northern", "password", "secret-password"));

        EffectOutcome.Failed error = calls.failureBy(label, "sql.query", "{'sql': 'SELECT 1'}");

        assertThat(error.message()).isEqualTo("sql.query: " + message);
        assertThat(error.fields()).containsEntry("code", code);
    }

    @Test
    void filesLieInTheBucketOfTheConnection() {
        calls.connect(
                "files",
                "own bucket",
                Map.of("bucket", "files", "endpoint", BUCKET.endpoint().toString()),
                Map.of("accessKey", FakeBucket.ACCESS_KEY, "secretKey", "secret-key-of-tenant"));

        calls.call("files.write", "{'path': 'a/b.txt', 'content': 'hello'}");

        assertThat(BUCKET.objects).containsOnlyKeys("a/b.txt");
        assertThat(calls.call("files.read", "{'path': 'a/b.txt'}")
                        .path("content")
                        .asText())
                .isEqualTo("hello");
        assertThat(calls.call("files.list", "{'folder': 'a'}")
                        .at("/entries/0/path")
                        .asText())
                .isEqualTo("a/b.txt");
        assertThat(calls.call("files.delete", "{'path': 'a/b.txt'}")).isEqualTo(json("{\"deleted\": true}"));
        assertThat(calls.failure("files.read", "{'path': 'a/b.txt'}").fields()).containsEntry("status", 404);
    }

    @Test
    void aStoreInsideTheNetworkIsRefused() {
        calls.connect(
                "files",
                "inside",
                Map.of("bucket", "files", "endpoint", "http://169.254.169.254"),
                Map.of("accessKey", FakeBucket.ACCESS_KEY, "secretKey", "secret-key-of-tenant"));

        EffectOutcome.Failed error = calls.failureBy("inside", "files.read", "{'path': 'x'}");

        assertThat(error.fields()).containsEntry("code", "FASTN-03006").containsEntry("retryable", false);
        assertThat(error.message()).contains("has an address inside this network");
    }

    @Test
    void whoSaysWhereSecretsGoGivesThemAgain() {
        Connection mail = calls.connect(
                "email",
                "moved",
                Map.of("host", "smtp.example.com"),
                Map.of("username", "north", "password", "north-password"));

        assertThatThrownBy(() -> calls.change(
                        calls.connect("slack", "hook", Map.of(), Map.of("webhookUrl", "https://hooks.example.com/1")),
                        Map.of("host", "x"),
                        Map.of()))
                .hasMessage("member \"settings\" has unknown host; there are none");
        calls.change(mail, Map.of("host", "127.0.0.1", "from", "a@example.com"), Map.of());
        assertThat(calls.failureBy("moved", "email.send", "{'to': 'ada@example.com', 'subject': 'x', 'text': 'x'}")
                        .fields())
                .as("the password has not gone along")
                .containsEntry("code", "FASTN-03006");
        Connection bucket = calls.connect(
                "files",
                "moving",
                Map.of("bucket", "files"),
                Map.of("accessKey", FakeBucket.ACCESS_KEY, "secretKey", "secret-key-of-tenant"));
        assertThatThrownBy(() -> calls.change(bucket, Map.of("bucket", "mine"), Map.of()))
                .hasMessage("member \"fields\" lacks accessKey, secretKey, which connector \"files\" needs");
    }

    @Test
    void aConnectionWithoutWhatItNeedsIsNotMade() {
        assertThatThrownBy(() -> calls.connect("email", "nowhere", Map.of(), Map.of()))
                .hasMessage("member \"settings\" lacks host, which connector \"email\" needs");
        assertThatThrownBy(() -> calls.connect("camunda", "none", Map.of(), Map.of("password", "x-password")))
                .hasMessage("member \"fields\" has unknown password; there are none");
    }
}
