package ai.fastn.camunda.effect.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Results as an author writes them, and as the functions give them to the sandbox: an action has its status beside its
 * output, a table has columns, a response is taken apart.
 */
final class Outputs {

    /** Values that JSON has no word for, as a table has them and as an author writes them. */
    private static final List<String> TYPED = List.of("date", "bigint", "bytes", "json");

    private Outputs() {}

    /** What an answer with a result may have beside it. */
    static Set<String> members(String family) {
        return switch (family) {
            case "connector" -> Set.of("output", "bytes", "status", "next");
            case "db" -> Set.of("output", "rowCount");
            default -> Set.of("output");
        };
    }

    /** @param answer has one of the members that name a result, and no other than {@link #members} */
    static JsonNode wire(String family, MockNode answer) {
        return switch (family) {
            case "connector" -> action(answer);
            case "db" -> table(answer);
            case "fetch" -> Responses.wire(answer.field("output"));
            default -> answer.field("output").node();
        };
    }

    /** The same as an author would write it. */
    static ObjectNode authored(String family, JsonNode wire) {
        ObjectNode answer = MockJson.MAPPER.createObjectNode();
        switch (family) {
            case "connector" -> actionAuthored(answer, wire);
            case "db" -> tableAuthored(answer, wire);
            case "fetch" -> answer.set("output", Responses.authored(wire));
            default -> answer.set("output", wire);
        }
        return answer;
    }

    private static JsonNode action(MockNode answer) {
        ObjectNode wire = MockJson.MAPPER.createObjectNode();
        if (answer.field("bytes").isPresent()) {
            wire.put("bytes", answer.field("bytes").text());
        } else {
            wire.set("output", answer.field("output").node());
        }
        if (answer.field("next").isPresent()) {
            wire.set("next", answer.field("next").node());
        }
        MockNode status = answer.field("status");
        if (!status.node().isNull()) { // an action in Java has none
            wire.put("status", status.isPresent() ? status.number(100, 599) : 200);
        }
        return wire.put("durationMs", 0);
    }

    private static void actionAuthored(ObjectNode answer, JsonNode wire) {
        answer.setAll((ObjectNode) wire);
        answer.remove("durationMs");
        if (wire.path("status").asInt() == 200) {
            answer.remove("status");
        } else if (!wire.has("status")) {
            answer.putNull("status");
        }
    }

    private static JsonNode table(MockNode answer) {
        MockNode output = answer.field("output");
        if (!output.node().isArray()) {
            throw output.wrong("is not a list of rows, each a JSON object");
        }
        Set<String> columns = new LinkedHashSet<>();
        for (MockNode row : output.list(Integer.MAX_VALUE)) {
            if (!row.node().isObject()) {
                throw row.wrong("is not a row: a JSON object is expected");
            }
            row.node().fieldNames().forEachRemaining(columns::add);
        }
        ObjectNode wire = MockJson.MAPPER.createObjectNode();
        ArrayNode names = wire.putArray("columns");
        columns.forEach(names::add);
        ArrayNode rows = wire.putArray("rows");
        output.node().forEach(row -> {
            ArrayNode cells = rows.addArray();
            columns.forEach(column -> cells.add(row.has(column) ? cell(row.get(column)) : MockJson.MAPPER.nullNode()));
        });
        MockNode count = answer.field("rowCount");
        return wire.put("rowCount", count.isPresent() ? count.number(0, Integer.MAX_VALUE) : rows.size());
    }

    private static JsonNode cell(JsonNode value) {
        if (value.isArray()) {
            ArrayNode list = MockJson.MAPPER.createArrayNode();
            value.forEach(each -> list.add(cell(each)));
            return list;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode wire = MockJson.MAPPER.createObjectNode();
        for (String type : TYPED) {
            if (value.size() == 1 && value.has("$" + type)) {
                return wire.set(type, value.get("$" + type));
            }
        }
        return wire.set("json", value);
    }

    private static void tableAuthored(ObjectNode answer, JsonNode wire) {
        ArrayNode rows = answer.putArray("output");
        for (JsonNode cells : wire.path("rows")) {
            ObjectNode row = rows.addObject();
            for (int i = 0; i < cells.size(); i++) {
                row.set(wire.path("columns").path(i).asText(), cellAuthored(cells.get(i)));
            }
        }
        if (wire.path("rowCount").asInt() != rows.size()) {
            answer.set("rowCount", wire.path("rowCount"));
        }
    }

    private static JsonNode cellAuthored(JsonNode wire) {
        if (wire.isArray()) {
            ArrayNode list = MockJson.MAPPER.createArrayNode();
            wire.forEach(each -> list.add(cellAuthored(each)));
            return list;
        }
        if (!wire.isObject()) {
            return wire;
        }
        JsonNode json = wire.path("json");
        if (json.isObject() && !json.toString().contains("\"$")) {
            return json;
        }
        String type = wire.fieldNames().next();
        return MockJson.MAPPER.createObjectNode().set("$" + type, wire.get(type));
    }
}
