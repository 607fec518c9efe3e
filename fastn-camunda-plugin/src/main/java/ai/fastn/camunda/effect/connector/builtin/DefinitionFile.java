package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.connector.ActionWork;
import ai.fastn.camunda.effect.connector.AuthKind;
import ai.fastn.camunda.effect.connector.CallTimeout;
import ai.fastn.camunda.effect.connector.ConnectionForm;
import ai.fastn.camunda.effect.connector.ConnectorAction;
import ai.fastn.camunda.effect.connector.ConnectorAuth;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.JavaAction;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a built-in connector says about itself, in a file beside this class: texts, kinds and schemas. */
final class DefinitionFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DefinitionFile() {}

    /** @param actions what performs each action that the file describes */
    static ConnectorDefinition read(String slug, Map<String, JavaAction> actions) {
        JsonNode file = load(slug + ".yaml");
        List<ConnectorAction> read = new ArrayList<>();
        file.required("actions")
                .properties()
                .forEach(entry -> read.add(action(
                        entry.getKey(),
                        entry.getValue(),
                        Objects.requireNonNull(
                                actions.get(entry.getKey()), "bug: nothing performs " + entry.getKey()))));
        return ConnectorDefinition.ofCode(
                slug,
                file.required("title").asText(),
                file.required("description").asText(),
                auth(file.path("connection")),
                ConnectionForm.of(texts(file.at("/connection/settings")), names(file.at("/connection/needs"))),
                read);
    }

    private static ConnectorAuth auth(JsonNode connection) {
        if (connection.isMissingNode()) {
            return new ConnectorAuth.None();
        }
        return connection.has("auths")
                ? new ConnectorAuth.PerConnection(kinds(connection.path("auths")))
                : new ConnectorAuth.Fields(names(connection.path("fields")), names(connection.path("otherFields")));
    }

    private static List<AuthKind> kinds(JsonNode auths) {
        List<AuthKind> kinds = new ArrayList<>();
        auths.properties().forEach(each -> kinds.add(kind(each.getKey(), each.getValue())));
        return kinds;
    }

    private static AuthKind kind(String type, JsonNode kind) {
        return new AuthKind(
                type,
                names(kind.path("fields")),
                texts(kind.path("settings")),
                texts(kind.path("lists")),
                names(kind.path("needs")),
                kind.path("namesFields").asBoolean(),
                kind.path("scopes").asBoolean());
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    private static ConnectorAction action(String name, JsonNode action, JavaAction code) {
        StepKind kind = StepKind.valueOf(action.required("kind").asText());
        boolean idempotent = action.path("idempotent").asBoolean();
        JsonNode input = action.required("input");
        List<JsonNode> examples = new ArrayList<>();
        action.path("examples").forEach(examples::add);
        return new ConnectorAction(
                name,
                action.required("title").asText(),
                action.required("description").asText(),
                kind,
                Optional.of(input),
                Optional.of(action.required("output")),
                examples,
                idempotent,
                kind == StepKind.READ || idempotent ? InDoubt.RETRY : InDoubt.FAIL,
                CallTimeout.of(Duration.ofSeconds(action.path("timeoutSeconds").asLong(30))),
                new ActionWork.Java(code));
    }

    private static JsonNode load(String file) {
        try (InputStream stream = DefinitionFile.class.getResourceAsStream(file)) {
            return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(stream));
        } catch (IOException e) {
            throw new UncheckedIOException("bug: " + file + " can not be read", e);
        }
    }
}
