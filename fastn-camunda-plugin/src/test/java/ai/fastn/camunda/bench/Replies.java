package ai.fastn.camunda.bench;

import ai.fastn.camunda.effect.EffectOutcome;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The scripted outside world: connector {@code probe}, a store for state, and lists of replies for everything else. A
 * list belongs to the name of a call, or, where an object stands in its place, to the call's name and the value of one
 * member of its input: {@code {"$by": "id", "7": [...], "$else": [...]}}; members of members are written
 * {@code "filter/id"}.
 */
final class Replies {

    static final ObjectMapper JSON = new ObjectMapper();

    /** How the message of a failure begins that no script has asked for. */
    static final String NONE = "no reply for ";

    private static final String BY = "$by";

    private final Map<String, Deque<JsonNode>> lists = new HashMap<>();
    private final Map<String, String> members = new HashMap<>();
    private final Map<String, Integer> counters = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();

    Replies(String repliesJson) {
        JsonNode replies = read(repliesJson);
        replies.path("state")
                .properties()
                .forEach(entry ->
                        states.put("ORG " + entry.getKey(), entry.getValue().toString()));
        replies.properties().forEach(entry -> {
            if (entry.getValue().has(BY)) {
                members.put(entry.getKey(), "/" + entry.getValue().path(BY).asText());
                entry.getValue()
                        .properties()
                        .forEach(keyed -> list(entry.getKey() + " " + keyed.getKey(), keyed.getValue()));
            } else {
                list(entry.getKey(), entry.getValue());
            }
        });
    }

    private void list(String key, JsonNode replies) {
        Deque<JsonNode> list = new ArrayDeque<>();
        replies.forEach(list::add);
        lists.put(key, list);
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Whether asking again gives another answer. */
    static boolean isFickle(String name) {
        return name.equals("connector.probe.count");
    }

    EffectOutcome answer(String name, String argumentsJson) {
        JsonNode arguments = read(argumentsJson);
        JsonNode input = arguments.path("input");
        if (name.startsWith("fetch.") && !lists.containsKey(name)) {
            return fetched(arguments);
        }
        return switch (name) {
            case "connector.probe.read" -> input.has("pages") ? page(input) : output(input);
            case "connector.probe.write" -> output(input);
            case "connector.probe.slow" -> output(input.path("value"));
            case "connector.probe.count" -> output(JSON.getNodeFactory().numberNode(counted("count")));
            case "connector.probe.fail" ->
                failed(input.asText(), JSON.createObjectNode().put("status", 500));
            case "connector.probe.flaky" -> flaky(input);
            case "state.get", "state.set", "state.delete" -> state(name, arguments);
            default -> listed(name, arguments);
        };
    }

    private int counted(String key) {
        return counters.merge(key, 1, Integer::sum);
    }

    private EffectOutcome flaky(JsonNode input) {
        String key = input.path("key").asText();
        int calls = counted("flaky " + key);
        return calls > input.path("times").asInt()
                ? output(JSON.getNodeFactory().numberNode(calls))
                : failed("flaky " + key + " " + calls, JSON.createObjectNode().put("status", 503));
    }

    private EffectOutcome state(String name, JsonNode arguments) {
        String key =
                arguments.path("scope").asText() + " " + arguments.path("key").asText();
        return new EffectOutcome.Succeeded(
                switch (name) {
                    case "state.get" -> states.getOrDefault(key, "null");
                    case "state.set" -> stored(key, arguments.path("value").toString());
                    default -> String.valueOf(states.remove(key) != null);
                });
    }

    private String stored(String key, String value) {
        states.put(key, value);
        return "null";
    }

    private EffectOutcome listed(String name, JsonNode arguments) {
        Deque<JsonNode> list =
                listOf(name.startsWith("connector.") ? name.substring("connector.".length()) : name, arguments);
        if (list.isEmpty()) {
            return failed(NONE + name + " " + arguments, JSON.createObjectNode());
        }
        JsonNode reply = list.size() > 1 ? list.remove() : list.element();
        if (reply.has("$error")) {
            return failed(reply.path("$error").asText(), reply.path("$fields"));
        }
        if (name.equals("db.query")) {
            return rows(reply);
        }
        return name.startsWith("connector.") ? output(reply) : new EffectOutcome.Succeeded(reply.toString());
    }

    private Deque<JsonNode> listOf(String name, JsonNode arguments) {
        Deque<JsonNode> none = new ArrayDeque<>();
        String member = members.get(name);
        if (member == null) {
            return lists.getOrDefault(name, none);
        }
        JsonNode values = arguments.has("input") ? arguments.path("input") : arguments;
        return lists.getOrDefault(name + " " + values.at(member).asText(), lists.getOrDefault(name + " $else", none));
    }

    private static EffectOutcome output(JsonNode value) {
        ObjectNode result = JSON.createObjectNode().put("status", 200).put("durationMs", 3);
        result.set("output", value.isMissingNode() ? JSON.nullNode() : value);
        return new EffectOutcome.Succeeded(result.toString());
    }

    /** The web answers with what it was asked; {@code /404} is an answer with that status, {@code down} no host. */
    private static EffectOutcome fetched(JsonNode arguments) {
        String url = arguments.path("url").asText();
        if (url.contains("//down")) {
            return new EffectOutcome.Failed(
                    "TypeError", "fetch failed: the host is unknown", Map.of("code", "FASTN-03071"));
        }
        ObjectNode answer = JSON.createObjectNode()
                .put("url", url)
                .put("status", url.endsWith("/404") ? 404 : 200)
                .put("statusText", url.endsWith("/404") ? "Not Found" : "OK")
                .put("redirected", false);
        answer.putArray("headers").addArray().add("content-type").add("application/json");
        ObjectNode echo = JSON.createObjectNode();
        echo.set("method", arguments.path("method"));
        echo.put("path", url.replaceFirst("https?://[^/]*", ""));
        echo.set("sent", arguments.path("body"));
        answer.putObject("body").put("text", echo.toString());
        return new EffectOutcome.Succeeded(answer.toString());
    }

    /** Page 1, 2... of as many as the input says. */
    private static EffectOutcome page(JsonNode input) {
        int page = input.path("page").asInt(1);
        ObjectNode result = JSON.createObjectNode().put("status", 200).put("durationMs", 3);
        result.putObject("output").put("page", page).set("of", input.path("pages"));
        if (page < input.path("pages").asInt()) {
            result.putObject("next").put("page", page + 1);
        } else {
            result.putNull("next");
        }
        return new EffectOutcome.Succeeded(result.toString());
    }

    /** Rows written as objects, as the database's answer. */
    private static EffectOutcome rows(JsonNode objects) {
        Set<String> columns = new LinkedHashSet<>();
        objects.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        ObjectNode result = JSON.createObjectNode().put("rowCount", objects.size());
        ArrayNode names = result.putArray("columns");
        columns.forEach(names::add);
        ArrayNode rows = result.putArray("rows");
        for (JsonNode row : objects) {
            ArrayNode cells = rows.addArray();
            columns.forEach(column -> cells.add(row.path(column)));
        }
        return new EffectOutcome.Succeeded(result.toString());
    }

    private static EffectOutcome failed(String message, JsonNode more) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", "FASTN-03003");
        more.properties()
                .forEach(field -> fields.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class)));
        return new EffectOutcome.Failed("ConnectorError", message, fields);
    }
}
