package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What a document has to offer, before anything is made of it.
 *
 * @param version the API's own
 * @param openapi the version of OpenAPI
 * @param slug a name for the connector, made of the title
 * @param hosts addresses of the service; the first one is the usual one
 */
public record ImportPreview(
        String title,
        String description,
        String version,
        String openapi,
        String slug,
        List<Operation> operations,
        List<String> hosts,
        List<Security> security,
        List<ImportWarning> warnings) {

    public ImportPreview {
        operations = List.copyOf(operations);
        hosts = List.copyOf(hosts);
        security = List.copyOf(security);
        warnings = List.copyOf(warnings);
    }

    /**
     * An operation and the action it becomes.
     *
     * @param action its name
     * @param kind READ or WRITE, unless somebody decides otherwise
     * @param chosen whether it is imported when nobody chooses
     * @param problem why it can not be imported; empty: it can
     */
    public record Operation(
            String action,
            String method,
            String path,
            String title,
            String description,
            StepKind kind,
            boolean deprecated,
            boolean chosen,
            Optional<String> problem) {}

    /**
     * A way to show who calls.
     *
     * @param name in the document
     * @param type in the document's words
     * @param auth the same in a definition; empty: definitions do not have it
     * @param chosen whether it is used when nobody chooses
     */
    public record Security(String name, String type, Optional<JsonNode> auth, boolean chosen) {}
}
