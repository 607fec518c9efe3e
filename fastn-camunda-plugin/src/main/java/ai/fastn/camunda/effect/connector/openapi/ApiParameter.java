package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Set;

/**
 * One parameter of an operation.
 *
 * @param in {@code path}, {@code query}, {@code header} or {@code cookie}
 * @param style in OpenAPI's words; {@code json} for a parameter that is described by its content
 */
record ApiParameter(
        String name,
        String in,
        JsonNode schema,
        boolean required,
        String style,
        boolean explode,
        JsonNode node,
        String place) {

    private static final Set<String> PLACES = Set.of("path", "query", "header", "cookie");

    /** Headers that a document can not describe as parameters. */
    private static final Set<String> IGNORED_HEADERS = Set.of("accept", "content-type", "authorization");

    static ApiParameter of(JsonNode node, String place) {
        String name = text(node, "name", place);
        String in = text(node, "in", place);
        if (!PLACES.contains(in)) {
            throw new NotCarriedException(place + ".in is \"" + in + "\"; allowed are cookie, header, path, query");
        }
        JsonNode content = node.path("content");
        boolean described = content.isObject() && !content.isEmpty();
        String usual = in.equals("query") || in.equals("cookie") ? "form" : "simple";
        String style = described ? "json" : node.path("style").asText(usual);
        return new ApiParameter(
                name,
                in,
                schema(described ? content.iterator().next() : node),
                node.path("required").asBoolean(false) || in.equals("path"),
                style,
                node.path("explode").asBoolean(style.equals("form")),
                node,
                place);
    }

    boolean isIgnored() {
        return in.equals("header") && IGNORED_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static JsonNode schema(JsonNode holder) {
        JsonNode schema = holder.path("schema");
        return schema.isMissingNode() ? JsonNodeFactory.instance.objectNode() : schema;
    }

    private static String text(JsonNode node, String member, String place) {
        JsonNode value = node.path(member);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new NotCarriedException(place + " has no " + member);
        }
        return value.textValue();
    }
}
