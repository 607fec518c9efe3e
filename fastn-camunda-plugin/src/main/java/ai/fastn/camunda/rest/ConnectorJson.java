package ai.fastn.camunda.rest;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.connector.ActionParameters;
import ai.fastn.camunda.effect.connector.AuthKind;
import ai.fastn.camunda.effect.connector.ConnectorAction;
import ai.fastn.camunda.effect.connector.ConnectorAuth;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.InstalledConnector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The JSON forms of a connector: a row of the list, and the whole with its actions. */
final class ConnectorJson {

    private static final String NOT_VERIFIED = "not verified against the live API";

    private ConnectorJson() {}

    static Map<String, Object> row(InstalledConnector connector) {
        ConnectorDefinition definition = connector.definition();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("slug", definition.slug());
        row.put("accessor", definition.accessor());
        row.put("title", definition.title());
        row.put("description", definition.description());
        row.put("origin", connector.origin().word());
        row.put("version", connector.version().isPresent() ? connector.version().getAsInt() : null);
        row.put("docs", definition.docs().orElse(null));
        row.put("verified", definition.verified());
        row.put("notice", definition.verified() || definition.docs().isEmpty() ? null : NOT_VERIFIED);
        row.put("auth", definition.auth().method());
        row.put("actions", definition.actions().size());
        return row;
    }

    /** With actions; with the definition as it was given where the tenant keeps it itself. */
    static Map<String, Object> whole(InstalledConnector connector) {
        Map<String, Object> whole = row(connector);
        whole.put("schemas", connector.definition().schemas());
        whole.put("baseUrl", connector.definition().baseUrl().orElse(null));
        whole.put("connection", connection(connector.definition()));
        whole.put(
                "actions",
                connector.definition().actions().stream()
                        .map(action -> action(connector.definition(), action))
                        .toList());
        connector.stored().ifPresent(stored -> whole.put("definition", stored.document()));
        return whole;
    }

    private static Map<String, Object> action(ConnectorDefinition definition, ConnectorAction action) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", action.name());
        row.put("title", action.title());
        row.put("description", action.description());
        row.put("kind", action.kind().name());
        ActionParameters parameters = ActionParameters.of(definition, action);
        row.put(
                "parameters",
                parameters.members().stream().map(ConnectorJson::parameter).toList());
        row.put("othersAllowed", parameters.names().isEmpty());
        row.put("examples", action.examples());
        row.put("input", action.input().orElse(null));
        row.put("output", action.output().orElse(null));
        row.put("idempotent", action.idempotent());
        row.put("timeoutMs", action.timeout().total().toMillis());
        return row;
    }

    private static Map<String, Object> parameter(ActionParameters.Parameter parameter) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", parameter.name());
        row.put("type", type(parameter.schema()));
        row.put("required", parameter.required());
        row.put("description", parameter.schema().path("description").asText());
        return row;
    }

    /** In one word; {@code any} where the schema does not say. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            return type.textValue();
        }
        return schema.has("enum") ? "string" : "any";
    }

    /**
     * What a person says to connect: names of secret fields, titles of settings by name, which of both are needed,
     * scopes; and the kinds of auth with what belongs to each, where a connection chooses. Neither fields nor settings
     * nor an authorization by OAuth: there is nothing to connect.
     */
    private static Map<String, Object> connection(ConnectorDefinition definition) {
        Map<String, String> settings = new TreeMap<>(definition.connection().settings());
        definition.settings().forEach(name -> settings.putIfAbsent(name, name));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("fields", new TreeSet<>(definition.fields()));
        row.put("settings", settings);
        row.put("needs", definition.needed());
        row.put(
                "auths",
                definition.auth() instanceof ConnectorAuth.PerConnection chosen
                        ? chosen.kinds().stream().map(ConnectorJson::kind).toList()
                        : List.of());
        row.put(
                "scopes",
                definition.auth() instanceof ConnectorAuth.OAuth2 oauth
                        ? oauth.terms().scopes()
                        : List.of());
        row.put("verify", definition.connection().verify().orElse(null));
        row.put("secretsNamed", definition.auth().namesSecrets());
        return row;
    }

    private static Map<String, Object> kind(AuthKind kind) {
        Set<String> needs = new TreeSet<>(kind.fields());
        needs.addAll(kind.needed());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("type", kind.type());
        row.put("fields", new TreeSet<>(kind.fields()));
        row.put("settings", kind.settings());
        row.put("lists", kind.lists());
        row.put("needs", needs);
        row.put("namesFields", kind.namesFields());
        row.put("takesScopes", kind.scopes());
        return row;
    }

    static Map<String, Object> outcome(EffectOutcome outcome) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("mode", "LIVE");
        reply.put("success", outcome instanceof EffectOutcome.Succeeded);
        if (outcome instanceof EffectOutcome.Succeeded succeeded) {
            reply.put("result", new RawValue(succeeded.json()));
        } else if (outcome instanceof EffectOutcome.Failed failed) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("name", failed.name());
            error.put("message", failed.message());
            error.putAll(failed.fields());
            reply.put("error", error);
        }
        return reply;
    }

    static Map<String, Object> imitation(JsonNode output) {
        return Map.of("mode", "MOCK", "success", true, "result", Map.of("output", output));
    }

    static List<Map<String, Object>> rows(List<InstalledConnector> connectors) {
        return connectors.stream().map(ConnectorJson::row).toList();
    }
}
