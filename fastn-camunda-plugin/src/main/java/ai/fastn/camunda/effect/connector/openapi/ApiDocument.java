package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * An OpenAPI document that refers to nothing but itself.
 *
 * @param since31 whether its schemas are JSON Schema 2020-12, as from OpenAPI 3.1 on
 */
record ApiDocument(ObjectNode root, boolean since31) {

    private static final Pattern VERSION = Pattern.compile("3\\.[01](\\.[0-9]+)?(-.*)?");
    private static final int LONGEST_CHAIN = 50;

    /**
     * Checks what has to hold before anything of the document means something.
     *
     * @throws FastnException OPENAPI_DOCUMENT, OPENAPI_REFERENCE
     */
    static ApiDocument of(ObjectNode root) {
        if (root.has("swagger")) {
            throw wrong(
                    "is Swagger " + root.path("swagger").asText() + "; OpenAPI 3.0 and 3.1 are read, converters exist");
        }
        JsonNode version = root.path("openapi");
        if (!version.isValueNode()) {
            throw wrong("has no member \"openapi\", which would say its version");
        }
        if (!VERSION.matcher(version.asText()).matches()) {
            throw wrong("openapi is \"" + version.asText() + "\"; 3.0 and 3.1 are read");
        }
        if (!root.path("paths").isObject()) {
            throw wrong(root.has("paths") ? "paths is not an object" : "has no paths, so no operation to call");
        }
        ExternalReferences.refuse(root);
        return new ApiDocument(root, version.asText().startsWith("3.1"));
    }

    /**
     * What a node is after its references.
     *
     * @throws NotCarriedException for a reference that leads nowhere or in a circle
     */
    JsonNode resolve(JsonNode node, String place) {
        JsonNode current = node;
        for (int hops = 0; hops < LONGEST_CHAIN; hops++) {
            JsonNode reference = current.path("$ref");
            if (!reference.isTextual()) {
                return current;
            }
            current = target(reference.textValue());
            if (current.isMissingNode()) {
                throw new NotCarriedException(
                        place + " refers to \"" + reference.textValue() + "\", which does not exist");
            }
        }
        throw new NotCarriedException(place + " refers to itself");
    }

    /** Where {@code #/a/b} leads; missing where it leads nowhere. */
    JsonNode target(String reference) {
        try {
            return reference.startsWith("#")
                    ? root.at(JsonPointer.compile(pointer(reference)))
                    : MissingNode.getInstance();
        } catch (IllegalArgumentException e) {
            return MissingNode.getInstance();
        }
    }

    private static String pointer(String reference) {
        // A plus sign is one here: URLDecoder is for forms.
        return URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static FastnException wrong(String what) {
        return new FastnException(ErrorCode.OPENAPI_DOCUMENT, "OpenAPI document: " + what);
    }
}
