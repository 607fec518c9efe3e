package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Makes the action of a definition file of an operation. */
final class ActionMapping {

    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_DESCRIPTION = 4_000;

    /** How the author of a document says that a POST only looks something up: {@code x-fastn-kind: READ}. */
    private static final String KIND = "x-fastn-kind";

    private final ParameterMapping parameters;
    private final BodyMapping body;
    private final OutputMapping output;

    ActionMapping(ApiDocument document, SchemaConversion schemas, Warnings warnings) {
        this.parameters = new ParameterMapping(document, schemas, warnings);
        this.body = new BodyMapping(document, schemas, warnings);
        this.output = new OutputMapping(document, schemas);
    }

    static StepKind kind(ApiOperation operation) {
        boolean reading = Set.of("GET", "HEAD").contains(operation.method())
                || operation.text(KIND).equalsIgnoreCase("READ");
        return reading ? StepKind.READ : StepKind.WRITE;
    }

    /** The summary in one line; empty without one. */
    static String title(ApiOperation operation) {
        return shortened(operation.text("summary").replaceAll("\\s+", " "), LONGEST_TITLE);
    }

    /**
     * The action as a definition file has it.
     *
     * @throws NotCarriedException where no action can do what the operation does
     */
    ObjectNode action(ApiOperation operation, StepKind kind) {
        ObjectNode action = JsonNodeFactory.instance.objectNode();
        putUnlessEmpty(action, "title", title(operation));
        putUnlessEmpty(action, "description", description(operation));
        action.put("kind", kind.name()).put("method", operation.method());
        InputMembers input = new InputMembers();
        parameters.map(operation, input, action);
        body.map(operation, input, action);
        ObjectNode schema = action.putObject("schema");
        schema.set("input", input.schema());
        output.schema(operation).ifPresent(result -> schema.set("output", result));
        return action;
    }

    static String description(ApiOperation operation) {
        String said = shortened(operation.text("description"), LONGEST_DESCRIPTION);
        return operation.isDeprecated() ? ("Deprecated. " + said).strip() : said;
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    private static void putUnlessEmpty(ObjectNode action, String name, String text) {
        if (!text.isEmpty()) {
            action.put(name, text);
        }
    }
}
