package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The one flat object that an action takes: what path, query, headers and body need, each under a name of its own. */
final class InputMembers {

    /** What JavaScript does not keep as an ordinary member of an object that is written down in code. */
    private static final String NO_MEMBER = "__proto__";

    private final Map<String, JsonNode> properties = new LinkedHashMap<>();
    private final Set<String> required = new TreeSet<>();
    private boolean open;

    static boolean isMember(String name) {
        return !name.isBlank() && !name.equals(NO_MEMBER);
    }

    boolean has(String name) {
        return properties.containsKey(name);
    }

    /** Adds a member under this name or, where another has it, one that says where it goes. */
    String add(String wanted, String in, JsonNode schema, boolean needed) {
        String name = has(wanted) ? wanted + "_" + in : wanted;
        for (int number = 2; has(name); number++) {
            name = wanted + "_" + in + number;
        }
        properties.put(name, schema);
        if (needed) {
            required.add(name);
        }
        return name;
    }

    /** Members that the document does not name go to the body. */
    void letOthersIn() {
        open = true;
    }

    ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode members = schema.putObject("properties");
        properties.forEach(members::set);
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        return open ? schema : schema.put("additionalProperties", false);
    }
}
