package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody has chosen of a preview.
 *
 * @param title empty: the document's
 * @param baseUrl empty: the document's first host
 * @param operations names of actions; empty: those the preview has chosen
 * @param kinds of the actions that shall not have the usual kind, by name
 * @param auth as in a definition file; empty: the way that the preview has chosen
 */
public record ImportChoice(
        String slug,
        Optional<String> title,
        Optional<String> baseUrl,
        List<String> operations,
        Map<String, StepKind> kinds,
        Optional<JsonNode> auth) {

    public ImportChoice {
        operations = List.copyOf(operations);
        kinds = Map.copyOf(kinds);
    }
}
