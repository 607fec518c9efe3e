package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One operation of a document.
 *
 * @param method in capitals
 * @param item what all operations of the path share
 */
record ApiOperation(String method, String path, JsonNode node, JsonNode item) {

    private static final Set<String> CALLABLE = Set.of("get", "head", "post", "put", "patch", "delete");
    private static final Set<String> OTHERS = Set.of("options", "trace");

    /** All operations that can be called, in the document's order. */
    static List<ApiOperation> list(ApiDocument document, Warnings warnings) {
        List<ApiOperation> operations = new ArrayList<>();
        document.root().path("paths").properties().forEach(path -> {
            if (!path.getKey().startsWith("x-")) {
                add(document, path.getKey(), path.getValue(), operations, warnings);
            }
        });
        return operations;
    }

    private static void add(
            ApiDocument document, String path, JsonNode found, List<ApiOperation> operations, Warnings warnings) {
        String place = "paths." + path;
        try {
            JsonNode item = document.resolve(found, place);
            item.properties().forEach(member -> {
                String method = member.getKey();
                if (CALLABLE.contains(method) && member.getValue().isObject()) {
                    operations.add(new ApiOperation(method.toUpperCase(Locale.ROOT), path, member.getValue(), item));
                } else if (CALLABLE.contains(method)) {
                    warnings.add(place + "." + method, "is not an object and left out");
                } else if (OTHERS.contains(method)) {
                    warnings.add(place + "." + method, "has a method that actions do not have and is left out");
                }
            });
        } catch (NotCarriedException e) {
            warnings.add(place, "is left out: " + e.getMessage());
        }
    }

    String place() {
        return "paths." + path + "." + method.toLowerCase(Locale.ROOT);
    }

    String text(String member) {
        return node.path(member).isTextual() ? node.path(member).textValue().strip() : "";
    }

    boolean isDeprecated() {
        return node.path("deprecated").asBoolean(false);
    }

    /**
     * The parameters of path and operation, resolved; the operation's come in the place of the path's.
     *
     * @throws NotCarriedException for one that is no parameter
     */
    List<ApiParameter> parameters(ApiDocument document) {
        Map<String, ApiParameter> parameters = new LinkedHashMap<>();
        String shared = "paths." + path;
        for (Place of : List.of(new Place(item, shared), new Place(node, place()))) {
            JsonNode list = of.node().path("parameters");
            for (int i = 0; i < list.size(); i++) {
                String place = of.name() + ".parameters[" + i + "]";
                ApiParameter parameter = ApiParameter.of(document.resolve(list.path(i), place), place);
                parameters.put(parameter.in() + " " + parameter.name(), parameter);
            }
        }
        return List.copyOf(parameters.values());
    }

    private record Place(JsonNode node, String name) {}
}
