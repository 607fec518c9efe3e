package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ConnectorVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program as the compiler emits it, with the control flow that BPMN would carry. Nodes run in the order they are
 * added unless told otherwise.
 */
final class TestWorkflow {

    static final String END = "end";

    private final List<String> variables = new ArrayList<>(List.of("$ctx", "$ret", "$thrown"));
    private final Map<String, Script> scripts = new HashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private String functions = "";
    private List<String> functionNames = List.of();
    private String handler = "";
    private int line = 2;

    /** One place of a token. */
    record Node(Kind kind, String id, List<String[]> flows, String next, String handler) {}

    enum Kind {
        STEP,
        DECISION,
        WAIT
    }

    static TestWorkflow with(String... variables) {
        TestWorkflow workflow = new TestWorkflow();
        workflow.variables.addAll(List.of(variables));
        return workflow;
    }

    TestWorkflow functions(String text, String... names) {
        functions = text;
        functionNames = List.of(names);
        return this;
    }

    TestWorkflow step(String id, String code) {
        return step(id, code, "");
    }

    TestWorkflow step(String id, String code, String next) {
        script(id, code, Script.Form.STATEMENTS, code.contains("return "));
        nodes.put(id, new Node(Kind.STEP, id, List.of(), next, handler));
        return this;
    }

    TestWorkflow wait(String id, String expression) {
        script(id, expression, Script.Form.EXPRESSION, false);
        nodes.put(id, new Node(Kind.WAIT, id, List.of(), "", handler));
        return this;
    }

    /** A gateway: goes to {@code target} when the condition holds, else to the next node. */
    TestWorkflow decision(String id, String condition, String target) {
        script(id + "_yes", condition, Script.Form.EXPRESSION, false);
        nodes.put(id, new Node(Kind.DECISION, id, List.<String[]>of(new String[] {id + "_yes", target}), "", handler));
        return this;
    }

    /** The nodes that follow lie in a lifted try whose catch begins at an id; an empty one ends it. */
    TestWorkflow handler(String id) {
        handler = id;
        return this;
    }

    private void script(String id, String code, Script.Form form, boolean returns) {
        scripts.put(id, new Script(id, code, line, 3, form, returns));
        line += 1 + (int) code.lines().count();
    }

    Program program() {
        StringBuilder prelude = new StringBuilder("\"use strict\";\nlet ");
        prelude.append(String.join(", ", variables)).append(";\n").append(functions);
        prelude.append("\n$program({variables: {");
        for (String name : variables) {
            prelude.append("get ")
                    .append(name)
                    .append("() { return ")
                    .append(name)
                    .append(" }, set ");
            prelude.append(name).append("(v) { ").append(name).append(" = v }, ");
        }
        prelude.append("}, functions: {")
                .append(String.join(", ", functionNames))
                .append("}})");
        return new Program("test.js", prelude.toString(), scripts, ConnectorVersions.NONE);
    }

    String first() {
        return nodes.keySet().iterator().next();
    }

    Node node(String id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException("no node " + id);
        }
        return node;
    }

    String after(Node node) {
        if (!node.next().isEmpty()) {
            return node.next();
        }
        List<String> ids = new ArrayList<>(nodes.keySet());
        int index = ids.indexOf(node.id());
        return index + 1 < ids.size() ? ids.get(index + 1) : END;
    }
}
