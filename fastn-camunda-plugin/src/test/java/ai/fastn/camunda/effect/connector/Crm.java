package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** A service with the connectors that lead to it, for tenant a. */
final class Crm implements AutoCloseable {

    static final String TOKEN = "token-1234567890";

    final FakeService service = new FakeService();
    final FakeService other = new FakeService();
    final SecretStore secrets = secrets();
    final ConnectorCalls calls = connectorCalls();
    final EffectScope run = scope(TENANT_A);

    JsonNode call(String action, String input) {
        return succeeded(calls.perform(request(action, input), run, NO_RECORD));
    }

    EffectOutcome.Failed failure(String action, String input) {
        return failed(calls.perform(request(action, input), run, NO_RECORD));
    }

    /** By calls of its own: a connection that has said when to come again is not called before. */
    EffectOutcome.Failed failureOnce(String input) {
        try (ConnectorCalls fresh = connectorCalls()) {
            return failed(fresh.perform(request("crm.getDeal", input), run, NO_RECORD));
        }
    }

    static EffectRequest request(String action, String input) {
        return new EffectRequest(
                "connector." + action, "{\"orgId\": null, \"input\": " + input.replace('\'', '"') + "}");
    }

    private ConnectorCalls connectorCalls() {
        return new ConnectorCalls(
                new ConnectorRegistry(
                        List.of(
                                definition("{type: bearer, secret: CRM_TOKEN}", "crm"),
                                definition("{type: none}", "open"),
                                definition("{type: apiKey, in: query, name: key, secret: CRM_TOKEN}", "by-query"),
                                definition("{type: basic, username: bob, passwordSecret: CRM_TOKEN}", "basic")),
                        Map.of()),
                secrets,
                EgressGuard.allowing("localhost:" + service.port() + ",localhost:" + other.port()));
    }

    private static SecretStore secrets() {
        DataSource plugin = EffectDatabases.plugin();
        SecretStore secrets = new SecretStore(plugin, new Sealing(plugin, MasterKey.random()), Clock.systemUTC());
        secrets.put(TENANT_A, Optional.empty(), "CRM_TOKEN", TOKEN, "anna");
        secrets.put(TENANT_A, Optional.empty(), "PASSWORD", "pa55word", "anna");
        secrets.put(TENANT_A, Optional.empty(), "LOGIN", "{\"user\": \"jo\", \"password\": \"pa55word\"}", "anna");
        return secrets;
    }

    ConnectorDefinition definition(String auth, String slug) {
        return new ConnectorFiles(text -> text).parse("crm.yaml", yaml(auth, slug, service.port()));
    }

    static String yaml(String auth, String slug, int port) {
        return """
                slug: %s
                title: CRM
                baseUrl: http://localhost:%d
                auth: %s
                actions:
                  getDeal:
                    method: GET
                    path: /deals/{dealId}
                    query: {properties: "{properties}", limit: 100}
                    headers: {X-Mode: "{mode}"}
                  createDeal:
                    method: POST
                    path: /deals
                    query: [limit]
                  named:
                    method: PUT
                    path: /deals
                    body: [a, b]
                  one:
                    method: POST
                    path: /deals
                    body: {member: payload}
                  slow:
                    method: POST
                    path: /slow
                    timeout: 200ms
                  go:
                    method: POST
                    path: /go
                """.formatted(slug, port, auth);
    }

    @Override
    public void close() {
        calls.close();
        service.close();
        other.close();
    }
}
