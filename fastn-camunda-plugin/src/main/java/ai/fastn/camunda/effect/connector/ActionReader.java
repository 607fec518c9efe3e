package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Reads one action of a definition. */
final class ActionReader {

    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,4})(ms|s|m)");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private ActionReader() {}

    static ConnectorAction read(String name, DefinitionNode node) {
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
                timeout(node.field("timeout")),
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

    private static Duration timeout(DefinitionNode node) {
        if (!node.isPresent()) {
            return DEFAULT_TIMEOUT;
        }
        Matcher matcher = SECONDS.matcher(node.text());
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration timeout = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMinutes(number);
            };
            if (!timeout.isZero() && timeout.compareTo(LONGEST_TIMEOUT) <= 0) {
                return timeout;
            }
        }
        throw node.wrong("is \"" + node.text() + "\"; it is a time such as 500ms, 30s or 2m, at most 10m");
    }

    /** {@code createGeneration} is "Create generation". */
    private static String titleOf(String name) {
        String words =
                name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
