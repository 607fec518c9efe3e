package ai.fastn.camunda.effect.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/** Responses of {@code fetch}, as an author writes them and as the sandbox takes them. */
final class Responses {

    private static final Set<String> MEMBERS =
            Set.of("url", "status", "statusText", "redirected", "headers", "json", "text", "bytes");
    private static final List<String> BODIES = List.of("json", "text", "bytes");

    private Responses() {}

    /** A response of this status with these headers and no body. */
    static ObjectNode empty(int status) {
        String reason = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, null);
        ObjectNode wire = MockJson.MAPPER
                .createObjectNode()
                .put("url", "")
                .put("status", status)
                .put("statusText", reason == null ? "" : reason)
                .put("redirected", false);
        wire.putArray("headers");
        return wire.putNull("body");
    }

    static JsonNode wire(MockNode authored) {
        authored.object(MEMBERS);
        MockNode status = authored.field("status");
        ObjectNode wire = empty(status.isPresent() ? status.number(200, 599) : 200);
        for (String text : List.of("url", "statusText")) {
            if (authored.field(text).isPresent()) {
                wire.put(text, authored.field(text).text());
            }
        }
        wire.put("redirected", authored.node().path("redirected").asBoolean());
        headers(authored.field("headers"), wire.withArray("headers"));
        body(authored, wire);
        return wire;
    }

    private static void headers(MockNode authored, ArrayNode headers) {
        if (authored.node().isArray()) {
            for (MockNode pair : authored.list(1000)) {
                if (pair.node().size() != 2
                        || !pair.node().path(0).isTextual()
                        || !pair.node().path(1).isTextual()) {
                    throw pair.wrong("is not a pair of name and value");
                }
                headers.add(pair.node());
            }
        } else if (authored.isPresent()) {
            if (!authored.node().isObject()) {
                throw authored.wrong("is neither a JSON object nor a list of pairs");
            }
            authored.node()
                    .fieldNames()
                    .forEachRemaining(name -> headers.addArray()
                            .add(name.toLowerCase(Locale.ROOT))
                            .add(authored.field(name).text()));
        }
    }

    private static void body(MockNode authored, ObjectNode wire) {
        List<String> bodies =
                BODIES.stream().filter(name -> authored.field(name).isPresent()).toList();
        if (bodies.size() > 1) {
            throw authored.wrong("has " + String.join(" and ", bodies) + ": one of them is expected");
        }
        if (bodies.isEmpty()) {
            return;
        }
        MockNode body = authored.field(bodies.get(0));
        if (bodies.get(0).equals("json")) {
            wire.withObject("/body").put("text", MockJson.write(body.node()));
            typed(wire.withArray("headers"));
        } else {
            wire.withObject("/body").put(bodies.get(0), body.text());
        }
    }

    private static void typed(ArrayNode headers) {
        for (JsonNode header : headers) {
            if (header.path(0).asText().equals("content-type")) {
                return;
            }
        }
        headers.addArray().add("content-type").add("application/json");
    }

    static JsonNode authored(JsonNode wire) {
        ObjectNode authored = ((ObjectNode) wire).deepCopy();
        authored.remove("body");
        if (wire.path("body").isObject()) {
            authored.setAll((ObjectNode) wire.path("body"));
        }
        return authored;
    }
}
