package ai.fastn.camunda.engine;

import static ai.fastn.camunda.bpmn.FastnBpmn.CONCURRENCY_KEY;
import static ai.fastn.camunda.bpmn.FastnBpmn.CONCURRENCY_RUNS;
import static ai.fastn.camunda.bpmn.FastnBpmn.CONCURRENCY_RUNS_PER_KEY;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.Concurrency;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many runs of a workflow may be under way at once: {@code camunda:property} elements of its process.
 *
 * @param ofWorkflow runs of the workflow; null = no limit
 * @param ofKey runs with the same key; null = no limit
 * @param keyPath where the key is, as a JSON pointer into the input
 */
record ConcurrencyLimits(
        @Nullable Integer ofWorkflow,
        @Nullable Integer ofKey,
        @Nullable String keyPath) {

    private static final String INPUT = FastnBpmn.INPUT_VARIABLE + ".";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** From the properties of a process. */
    static ConcurrencyLimits of(String process, Map<String, String> properties) {
        String key = properties.get(CONCURRENCY_KEY);
        if (key == null && properties.containsKey(CONCURRENCY_RUNS_PER_KEY)) {
            throw broken(
                    process,
                    "property \"" + CONCURRENCY_RUNS_PER_KEY + "\" but no \"" + CONCURRENCY_KEY
                            + "\": the key is a path into the input");
        }
        if (key != null && !Concurrency.isPath(key)) {
            throw broken(process, CONCURRENCY_KEY, key, "a path such as input.customer.id");
        }
        return new ConcurrencyLimits(
                number(process, properties, CONCURRENCY_RUNS),
                key == null
                        ? null
                        : Optional.ofNullable(number(process, properties, CONCURRENCY_RUNS_PER_KEY))
                                .orElse(1),
                key == null ? null : pointer(key.substring(INPUT.length())));
    }

    private static String pointer(String path) {
        return "/" + path.replace("~", "~0").replace("/", "~1").replace('.', '/');
    }

    private static @Nullable Integer number(String process, Map<String, String> properties, String name) {
        String value = properties.get(name);
        if (value == null) {
            return null;
        }
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw broken(process, name, value, "a number from 1 to " + Concurrency.MOST);
        }
        return Integer.valueOf(value);
    }

    private static FastnException broken(String process, String property, String value, String expected) {
        return broken(process, "property \"" + property + "\" \"" + value + "\": " + expected + " is expected");
    }

    private static FastnException broken(String process, String what) {
        return new FastnException(ErrorCode.PROGRAM_BROKEN, "process \"" + process + "\" has " + what);
    }

    boolean isNone() {
        return ofWorkflow == null && ofKey == null;
    }

    /** The key of an input; empty when there is no limit by key or the input has nothing there. */
    Optional<String> keyOf(String input) {
        if (keyPath == null) {
            return Optional.empty();
        }
        try {
            JsonNode found = JSON.readTree(input).at(keyPath);
            return found.isMissingNode() || found.isNull()
                    ? Optional.empty()
                    : Optional.of(found.isValueNode() ? found.asText() : found.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: the input of a run is JSON", e);
        }
    }
}
