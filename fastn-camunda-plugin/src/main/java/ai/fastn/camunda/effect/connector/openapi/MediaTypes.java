package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Chooses one of the content types that a body may have. */
final class MediaTypes {

    private MediaTypes() {}

    /** What is chosen: the type as the document writes it, and what it says about it. */
    record Chosen(String type, JsonNode node) {

        JsonNode schema() {
            JsonNode schema = node.path("schema");
            return schema.isMissingNode() ? JsonNodeFactory.instance.objectNode() : schema;
        }
    }

    /** JSON before forms, parts, text and everything else; empty where there is no content. */
    static Optional<Chosen> choose(JsonNode content) {
        return Stream.<Predicate<String>>of(
                        type -> name(type).equals("application/json"),
                        MediaTypes::isJson,
                        MediaTypes::isForm,
                        MediaTypes::isParts,
                        MediaTypes::isText,
                        type -> true)
                .flatMap(wanted -> first(content, wanted).stream())
                .findFirst();
    }

    static boolean isJson(String type) {
        String name = name(type);
        return name.endsWith("/json") || name.endsWith("+json");
    }

    static boolean isForm(String type) {
        return name(type).equals("application/x-www-form-urlencoded");
    }

    static boolean isParts(String type) {
        return name(type).equals("multipart/form-data");
    }

    static boolean isText(String type) {
        String name = name(type);
        return (name.startsWith("text/") && !name.contains("*")) || isXml(type);
    }

    static boolean isXml(String type) {
        String name = name(type);
        return name.endsWith("/xml") || name.endsWith("+xml");
    }

    static boolean isAny(String type) {
        return name(type).contains("*");
    }

    private static String name(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<Chosen> first(JsonNode content, Predicate<String> wanted) {
        return content.properties().stream()
                .filter(type -> wanted.test(type.getKey()))
                .map(type -> new Chosen(type.getKey(), type.getValue()))
                .findFirst();
    }
}
