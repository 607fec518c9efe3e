package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reads one action of a definition. */
final class ActionReader {

    private ActionReader() {}

    /** @param usual timeout of the connector */
    static ConnectorAction read(String name, DefinitionNode node, CallTimeout usual) {
        node.withOnly(
                "title",
                "description",
                "kind",
                "method",
                "path",
                "query",
                "headers",
                "body",
                "output",
                "pagination",
                "schema",
                "examples",
                "idempotent",
                "onInDoubt",
                "timeout");
        if (!ActionNames.isCallable(name)) {
            throw node.wrong("is not a name that JavaScript code can call");
        }
        ActionWork.Http work = HttpWorkReader.read(node);
        StepKind kind = kind(node.field("kind"), work.method());
        DefinitionNode schema = node.field("schema");
        boolean harmless = kind == StepKind.READ || node.field("idempotent").flag();
        return new ConnectorAction(
                name,
                node.field("title").optionalText().orElseGet(() -> titleOf(name)),
                node.field("description").optionalText().orElse(""),
                kind,
                schema(schema, "input"),
                schema(schema, "output"),
                examples(node.field("examples")),
                node.field("idempotent").flag(),
                node.field("onInDoubt").choice(InDoubt.class, harmless ? InDoubt.RETRY : InDoubt.FAIL),
                CallTimeout.read(node.field("timeout"), usual),
                work);
    }

    private static Optional<JsonNode> schema(DefinitionNode schemas, String which) {
        if (!schemas.isPresent()) {
            return Optional.empty();
        }
        DefinitionNode schema = schemas.withOnly("input", "output").field(which);
        if (!schema.isPresent()) {
            return Optional.empty();
        }
        if (!schema.node().isObject()) {
            throw schema.wrong("is not a JSON Schema object");
        }
        return Optional.of(schema.node());
    }

    private static List<JsonNode> examples(DefinitionNode node) {
        if (!node.isPresent()) {
            return List.of();
        }
        if (!node.node().isArray()) {
            throw node.wrong("is not a list of inputs");
        }
        return StreamSupport.stream(node.node().spliterator(), false).toList();
    }

    private static StepKind kind(DefinitionNode node, String method) {
        String reading = Set.of("GET", "HEAD").contains(method) ? "READ" : "WRITE";
        return switch (node.optionalText().orElse(reading)) {
            case "READ" -> StepKind.READ;
            case "WRITE" -> StepKind.WRITE;
            default -> throw node.wrong("is \"" + node.text() + "\"; allowed are READ, WRITE");
        };
    }

    /** {@code createGeneration} is "Create generation". */
    private static String titleOf(String name) {
        String words =
                name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
