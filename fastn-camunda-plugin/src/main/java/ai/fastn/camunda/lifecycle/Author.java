package ai.fastn.camunda.lifecycle;

/**
 * Who changes a workflow.
 *
 * @param name user id or the label of an access key
 * @param agent whether the AI agent made the change
 */
public record Author(String name, boolean agent) {

    /** The word of the editor's footer: {@code Edited via agent} or {@code Edited manually}. */
    String word() {
        return agent ? "agent" : "manually";
    }
}
