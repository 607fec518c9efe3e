package ai.fastn.camunda.effect.connector.declaration;

import ai.fastn.camunda.effect.connector.ActionParameters;
import ai.fastn.camunda.effect.connector.ConnectorAction;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The declarations of one connector: its actions, and the schemas that these refer to as named types. */
final class ConnectorTypes {

    private final ConnectorDefinition definition;
    private final Map<Referred, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Deque<Unwritten> unwritten = new ArrayDeque<>();

    ConnectorTypes(ConnectorDefinition definition) {
        this.definition = definition;
    }

    /** A schema that another one refers to by this name. */
    private record Referred(String name, JsonNode schema) {}

    /** A type to be written; {@code root} is what its own references start from. */
    private record Unwritten(String type, Referred referred, JsonNode root) {}

    /** Where the types of a connector are; with a prefix, since its own name may be a word of the language. */
    static String namespaceOf(ConnectorDefinition definition) {
        return "FastnConnector_" + definition.accessor();
    }

    String text() {
        StringBuilder text = new StringBuilder("\ndeclare namespace ")
                .append(namespaceOf(definition))
                .append(" {\n  interface Actions {\n");
        definition.actions().forEach(action -> action(action, text));
        text.append("  }\n");
        while (!unwritten.isEmpty()) {
            Unwritten next = unwritten.remove();
            Referred referred = next.referred();
            text.append("\n  type ")
                    .append(next.type())
                    .append(" = ")
                    .append(types(next.root(), referred.name()).type(referred.schema(), "  "))
                    .append(";\n");
        }
        return text.append("}\n").toString();
    }

    private void action(ConnectorAction action, StringBuilder text) {
        ActionParameters parameters = ActionParameters.of(definition, action);
        boolean needed = parameters.members().stream().anyMatch(ActionParameters.Parameter::required);
        Comment.write("    ", action.title() + "\n" + action.description(), text);
        text.append("    ")
                .append(Words.key(action.name()))
                .append(needed ? "(input: " : "(input?: ")
                .append(input(action, parameters))
                .append("): FastnAnswer<")
                .append(action.output()
                        .map(definition::whole)
                        .map(output -> types(output, action.name() + "Output").type(output, "    "))
                        .orElse("any"))
                .append(">;\n");
    }

    private String input(ConnectorAction action, ActionParameters parameters) {
        SchemaTypes types = types(parameters.schema(), action.name() + "Input");
        return parameters.schema().has("properties") && parameters.names().isEmpty()
                ? types.open(parameters.schema(), "    ")
                : types.type(parameters.schema(), "    ");
    }

    private SchemaTypes types(JsonNode root, String name) {
        return new SchemaTypes(
                root, (referred, schema) -> nameOf(new Referred(referred.isEmpty() ? name : referred, schema), root));
    }

    private String nameOf(Referred referred, JsonNode root) {
        return names.computeIfAbsent(referred, absent -> {
            String type = Words.type(referred.name());
            String free = type;
            for (int number = 2; !taken.add(free); number++) {
                free = type + "_" + number;
            }
            unwritten.add(new Unwritten(free, referred, root));
            return free;
        });
    }
}
