package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the operations of a document ask for to know who calls.
 *
 * @param alternatives names that are needed together; the document's own before those of single operations
 * @param isOptional whether the document says that nothing is needed
 */
record RequiredSecurity(List<List<String>> alternatives, Map<String, Set<String>> scopesByName, boolean isOptional) {

    static RequiredSecurity of(ApiDocument document, List<ApiOperation> operations) {
        Set<List<String>> alternatives = new LinkedHashSet<>();
        Map<String, Set<String>> scopes = new LinkedHashMap<>();
        JsonNode own = document.root().path("security");
        add(own, alternatives, scopes);
        operations.forEach(operation -> add(operation.node().path("security"), alternatives, scopes));
        return new RequiredSecurity(List.copyOf(alternatives), scopes, own.isArray() && own.isEmpty());
    }

    private static void add(JsonNode requirements, Set<List<String>> alternatives, Map<String, Set<String>> scopes) {
        for (JsonNode requirement : requirements) {
            List<String> together = new ArrayList<>();
            requirement.properties().forEach(scheme -> {
                together.add(scheme.getKey());
                Set<String> needed = scopes.computeIfAbsent(scheme.getKey(), name -> new TreeSet<>());
                scheme.getValue().forEach(scope -> needed.add(scope.asText()));
            });
            if (!together.isEmpty()) {
                alternatives.add(List.copyOf(together));
            }
        }
    }

    Set<String> scopes(String name) {
        return scopesByName.getOrDefault(name, Set.of());
    }
}
