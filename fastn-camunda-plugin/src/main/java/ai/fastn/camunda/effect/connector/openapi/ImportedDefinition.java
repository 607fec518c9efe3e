package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A definition that was made of a document.
 *
 * @param document what a definition file has, as JSON; it was read as one without a mistake
 * @param warnings about what was chosen
 */
public record ImportedDefinition(ObjectNode document, List<ImportWarning> warnings) {

    public ImportedDefinition {
        warnings = List.copyOf(warnings);
    }
}
