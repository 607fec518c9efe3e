package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One action of a connector: what a caller gives, what it gets, and how it is performed.
 *
 * @param description what it does, in sentences; may be empty
 * @param input JSON Schema (2020-12) of the one argument; empty: not described, the work checks it
 * @param output JSON Schema of the result; empty: not described
 * @param examples inputs that make sense
 * @param idempotent whether a repeated call does no harm
 * @param inDoubt what to do with a call that a run has died in
 * @param timeout for connecting and for the whole call
 */
public record ConnectorAction(
        String name,
        String title,
        String description,
        StepKind kind,
        Optional<JsonNode> input,
        Optional<JsonNode> output,
        List<JsonNode> examples,
        boolean idempotent,
        InDoubt inDoubt,
        CallTimeout timeout,
        ActionWork work) {

    public ConnectorAction {
        examples = List.copyOf(examples);
    }

    /** Whether nothing happens when it is performed twice. */
    boolean isHarmless() {
        return kind == StepKind.READ || idempotent;
    }
}
