package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.effect.connector.HeaderNames;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says where in path, query and headers the parameters of an operation go. */
final class ParameterMapping {

    private static final Pattern MEMBER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern NOT_IN_A_PATH = Pattern.compile("[^A-Za-z0-9/._~!$&'()*+,;=:@%-]+");
    private static final Set<String> QUERY_STYLES =
            Set.of("form", "spaceDelimited", "pipeDelimited", "deepObject", "json");

    private final ApiDocument document;
    private final SchemaConversion schemas;
    private final Warnings warnings;

    ParameterMapping(ApiDocument document, SchemaConversion schemas, Warnings warnings) {
        this.document = document;
        this.schemas = schemas;
        this.warnings = warnings;
    }

    /**
     * Writes path, query and headers of an action.
     *
     * @throws NotCarriedException for a path that no action can have
     */
    void map(ApiOperation operation, InputMembers input, ObjectNode action) {
        List<ApiParameter> parameters = operation.parameters(document).stream()
                .filter(parameter -> !parameter.isIgnored())
                .toList();
        action.put("path", path(operation, parameters, input));
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        for (ApiParameter parameter : parameters) {
            switch (parameter.in()) {
                case "query" -> query(parameter, input, query);
                case "header" -> header(parameter, input, headers);
                case "cookie" -> warnings.add(parameter.place(), "is a cookie and left out");
                default -> unused(operation, parameter);
            }
        }
        setUnlessEmpty(action, "query", query);
        setUnlessEmpty(action, "headers", headers);
    }

    private String path(ApiOperation operation, List<ApiParameter> parameters, InputMembers input) {
        String path = operation.path();
        if (!path.startsWith("/") || path.contains("?") || path.contains("#") || (path + "/").contains("/../")) {
            throw new NotCarriedException(operation.place() + " has a path that is not just a path");
        }
        Map<String, ApiParameter> described = new HashMap<>();
        parameters.stream()
                .filter(parameter -> parameter.in().equals("path"))
                .forEach(parameter -> described.put(parameter.name(), parameter));
        StringBuilder written = new StringBuilder();
        Map<String, String> known = new HashMap<>();
        int end = 0;
        for (MatchResult match : MEMBER.matcher(path).results().toList()) {
            String name = match.group(1);
            written.append(constant(path.substring(end, match.start())));
            written.append(known.computeIfAbsent(name, n -> segment(operation, n, described.get(n), input)));
            end = match.end();
        }
        return written.append(constant(path.substring(end))).toString();
    }

    private String segment(ApiOperation operation, String name, @Nullable ApiParameter parameter, InputMembers input) {
        if (name.isBlank() || name.contains("/") || name.contains(",")) {
            throw new NotCarriedException(operation.place() + " has a path with {" + name + "}, which is not a name");
        }
        String wanted = InputMembers.isMember(name) ? name : "proto";
        if (parameter == null) {
            warnings.add(operation.place(), "does not describe {" + name + "} of its path: any text is allowed");
            JsonNode text = JsonNodeFactory.instance.objectNode().put("type", "string");
            return "{" + input.add(wanted, "path", text, true) + "}";
        }
        if (!parameter.style().equals("simple") && !parameter.style().equals("json")) {
            throw new NotCarriedException(
                    parameter.place() + " has style " + parameter.style() + ", which paths of actions do not have");
        }
        boolean list = isType(parameter.schema(), "array", parameter.place());
        return "{" + input.add(wanted, "path", schema(parameter), true) + (list ? ",}" : "}");
    }

    private void query(ApiParameter parameter, InputMembers input, ObjectNode query) {
        if (!QUERY_STYLES.contains(parameter.style())) {
            warnings.add(parameter.place(), "has style " + parameter.style() + ", which no query has, and is left out");
            return;
        }
        if (parameter.node().path("allowReserved").asBoolean(false)) {
            warnings.add(parameter.place(), "allows reserved characters; they are sent encoded all the same");
        }
        String wanted = parameter.name().replaceFirst("\\[]$", "");
        String member = input.add(
                InputMembers.isMember(wanted) ? wanted : "proto", "query", schema(parameter), parameter.required());
        if (isPlain(parameter)) {
            query.put(parameter.name(), "{" + member + "}");
            return;
        }
        ObjectNode styled =
                query.putObject(parameter.name()).put("member", member).put("style", parameter.style());
        if (!Set.of("json", "deepObject").contains(parameter.style())) {
            styled.put("explode", parameter.explode());
        }
    }

    /** Lists as several pairs, and no objects: what a plain name in a definition means. */
    private boolean isPlain(ApiParameter parameter) {
        return parameter.style().equals("form")
                && !isType(parameter.schema(), "object", parameter.place())
                && (parameter.explode() || !isType(parameter.schema(), "array", parameter.place()));
    }

    private void header(ApiParameter parameter, InputMembers input, ObjectNode headers) {
        if (!HeaderNames.isAllowed(parameter.name())) {
            warnings.add(
                    parameter.place(),
                    "is header \"" + parameter.name() + "\", which a definition can not set, and is left out");
            return;
        }
        String wanted = ActionNaming.camelCase(parameter.name());
        String member =
                input.add(wanted.isEmpty() ? "header" : wanted, "header", schema(parameter), parameter.required());
        headers.put(parameter.name(), "{" + member + "}");
    }

    private void unused(ApiOperation operation, ApiParameter parameter) {
        if (!operation.path().contains("{" + parameter.name() + "}")) {
            warnings.add(parameter.place(), "is not in the path and left out");
        }
    }

    /** The schema of a parameter with what the parameter says about itself. */
    private JsonNode schema(ApiParameter parameter) {
        JsonNode schema = schemas.convert(parameter.schema(), parameter.place());
        JsonNode description = parameter.node().path("description");
        if (schema instanceof ObjectNode described && description.isTextual() && !schema.has("description")) {
            return described.put("description", description.textValue());
        }
        return schema;
    }

    private boolean isType(JsonNode schema, String type, String place) {
        JsonNode found = document.resolve(schema, place).path("type");
        for (JsonNode one : found) {
            if (one.asText().equals(type)) {
                return true;
            }
        }
        return found.asText().equals(type);
    }

    private static String constant(String text) {
        return NOT_IN_A_PATH
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        URLEncoder.encode(match.group(), StandardCharsets.UTF_8).replace("+", "%20")));
    }

    private static void setUnlessEmpty(ObjectNode action, String name, ObjectNode value) {
        if (!value.isEmpty()) {
            action.set(name, value);
        }
    }
}
