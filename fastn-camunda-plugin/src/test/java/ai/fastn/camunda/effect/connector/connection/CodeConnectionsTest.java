package ai.fastn.camunda.effect.connector.connection;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ActionWork;
import ai.fastn.camunda.effect.connector.CallTimeout;
import ai.fastn.camunda.effect.connector.ConnectionForm;
import ai.fastn.camunda.effect.connector.ConnectorAction;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorFiles;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.CredentialsRefusedException;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of connectors that are Java code, and one connection by several names. */
class CodeConnectionsTest {

    private static final int CALLS = 20;

    private final FakeProvider provider = new FakeProvider();
    private final AtomicInteger performed = new AtomicInteger();
    private final CountDownLatch together = new CountDownLatch(CALLS);
    private volatile String live = "access";

    private final ConnectorDefinition erp = ConnectorDefinition.ofCode(
            "erp",
            "ERP",
            "",
            ConnectorFiles.auth("erp", "{type: oauth2ClientCredentials, tokenUrl: \"" + provider.url() + "/token\"}"),
            ConnectionForm.NONE,
            List.of(action("read", this::read), action("readTogether", this::readTogether)));
    private final ConnectorDefinition api =
            new ConnectorFiles(text -> text).parse("api.yaml", """
            slug: api
            title: API
            baseUrl: %s/key
            auth: {type: apiKey, name: X-Key, prefix: "Key "}
            limits: {requests: 1, per: 1h}
            actions:
              me: {method: GET, path: /me}
            """.formatted(provider.url()));
    private final Node node = Node.of(
            EffectDatabases.plugin(),
            MasterKey.random(),
            new ConnectorRegistry(List.of(erp, api), Map.of()),
            provider,
            Clock.systemUTC());

    @AfterEach
    void close() {
        node.calls().close();
        provider.close();
    }

    private static ConnectorAction action(String name, ai.fastn.camunda.effect.connector.JavaAction code) {
        return new ConnectorAction(
                name,
                name,
                "",
                StepKind.READ,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                InDoubt.RETRY,
                CallTimeout.of(Duration.ofSeconds(20)),
                new ActionWork.Java(code));
    }

    /** Refuses every token but the live one. */
    private JsonNode read(JsonNode input, ActionCall call) throws CredentialsRefusedException {
        performed.incrementAndGet();
        String shown = String.valueOf(call.credentials().headers().get("Authorization"));
        if (!shown.contains(live)) {
            throw new CredentialsRefusedException("the ERP refuses the token");
        }
        return TextNode.valueOf("read");
    }

    /** The same after everybody has come with the first token. */
    private JsonNode readTogether(JsonNode input, ActionCall call) throws Exception {
        together.countDown();
        together.await();
        return read(input, call);
    }

    @Test
    void codeWhoseTokenIsRefusedGetsANewOneAndOneMoreTry() {
        connect("erp", "main", Map.of("clientId", FakeProvider.CLIENT_ID, "clientSecret", FakeProvider.CLIENT_SECRET));
        assertThat(succeeded(call("erp.read", "{}")).path("output").asText()).isEqualTo("read");

        live = "access-3"; // the next one that the provider gives
        assertThat(succeeded(call("erp.read", "{}")).path("output").asText()).isEqualTo("read");
        assertThat(provider.tokenCalls).hasValue(2);
        assertThat(performed).hasValue(3);

        live = "never";
        EffectOutcome.Failed error = failed(call("erp.read", "{}"));
        assertThat(error.message()).isEqualTo("erp.read: the ERP refuses the token");
        assertThat(error.fields()).containsEntry("status", 401).containsEntry("retryable", false);
        assertThat(performed).as("one more try each").hasValue(5);
    }

    @Test
    void oneRenewalServesAllCallsAtOnce() throws Exception {
        connect("erp", "main", Map.of("clientId", FakeProvider.CLIENT_ID, "clientSecret", FakeProvider.CLIENT_SECRET));
        succeeded(call("erp.read", "{}"));
        live = "access-3";
        ExecutorService threads = Executors.newFixedThreadPool(CALLS);
        List<Future<EffectOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            outcomes.add(threads.submit(() -> call("erp.readTogether", "{}")));
        }
        for (Future<EffectOutcome> outcome : outcomes) {
            succeeded(outcome.get(20, TimeUnit.SECONDS));
        }
        threads.shutdownNow();

        assertThat(provider.tokenCalls).as("the first token and its renewal").hasValue(2);
    }

    @Test
    void aConnectionHasOneLineByWhateverNameItIsCalled() {
        Connection main = connect("api", "main", Map.of("key", FakeProvider.KEY));
        connect("api", "other", Map.of("key", FakeProvider.KEY));

        succeeded(call("api.me", "{}"));
        for (String name : List.of("main", main.id())) {
            assertThat(call("api.me", "{\"connection\": \"" + name + "\"}"))
                    .as(name)
                    .isInstanceOf(EffectOutcome.Failed.class)
                    .extracting(Object::toString)
                    .asString()
                    .contains("its turn comes in");
        }
        succeeded(call("api.me", "{\"connection\": \"other\"}"));
    }

    private Connection connect(String connector, String label, Map<String, String> fields) {
        ConnectionDraft draft = new ConnectionDraft(
                connector, Optional.empty(), Optional.empty(), label, fields, Map.of(), List.of(), Optional.empty());
        return node.connections().create(TENANT_A, draft, "test");
    }

    private EffectOutcome call(String action, String arguments) {
        return node.calls().perform(new EffectRequest("connector." + action, arguments), scope(TENANT_A), NO_RECORD);
    }
}
