package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Performs an action only with an input that fits its schema. */
public final class CheckedAction implements JavaAction {

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final int MOST_MISTAKES = 5;

    private final JsonSchema schema;
    private final JavaAction action;

    /** @param input JSON Schema (2020-12) that refers to nothing outside itself */
    public CheckedAction(JsonNode input, JavaAction action) {
        this.schema = SCHEMAS.getSchema(input);
        this.action = action;
    }

    /** CONNECTOR_INPUT naming each member that does not fit, never its value. */
    @Override
    public @Nullable JsonNode perform(JsonNode input, ActionCall call) throws Exception {
        String mistakes = schema.validate(input).stream()
                .map(CheckedAction::text)
                .sorted()
                .limit(MOST_MISTAKES)
                .collect(Collectors.joining("; "));
        if (!mistakes.isEmpty()) {
            throw ConnectorInput.wrong("input does not fit: " + mistakes);
        }
        return action.perform(input, call);
    }

    /** The library calls the input "$"; its places begin with what the author wrote. */
    private static String text(ValidationMessage message) {
        String text = message.getMessage();
        return text.startsWith("$: ") ? text.substring(3) : text.startsWith("$.") ? text.substring(2) : text;
    }
}
