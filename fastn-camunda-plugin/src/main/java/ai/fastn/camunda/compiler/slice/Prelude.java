package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the script that declares what all steps share; functions stand on the lines where the author wrote them. The
 * variables are {@code var}: GraalJS 25.5 fails with a ClassCastException where an async function assigns an awaited
 * value to a script's {@code let}.
 */
final class Prelude {

    /** The sandbox has a global of this name that can not be written; a lexical variable hides it. */
    private static final String CLIENT = "fastn";

    private final Lifting lifting;
    private final String parameter;

    /** @param parameter variable that takes {@code ctx} */
    Prelude(Lifting lifting, String parameter) {
        this.lifting = lifting;
        this.parameter = parameter;
    }

    String text() {
        List<Statement.FunctionDeclaration> functions = lifting.hoisted.stream()
                .sorted(Comparator.comparingInt(function -> function.span().start()))
                .toList();
        StringBuilder bodies = new StringBuilder();
        Lines lines = new Lines(lifting.source.script().javaScript());
        int line = 1;
        for (Statement.FunctionDeclaration function : functions) {
            int start = lines.lineOf(function.span().start());
            bodies.append(start > line ? "\n".repeat(start - line) : line == 1 ? " " : "\n");
            bodies.append(" ".repeat(lines.columnOf(function.span().start()) - 1));
            bodies.append(lifting.text(function));
            line = Math.max(line, lines.lineOf(function.span().end()));
        }
        Set<String> names = new LinkedHashSet<>();
        Set<String> functionNames = new LinkedHashSet<>();
        functions.forEach(function -> {
            if (function.id() != null) {
                functionNames.add(lifting.text(function.id()));
            }
        });
        List<String> declared = declarations(names, functionNames);
        String client = declared.remove(CLIENT) ? " let " + CLIENT + ";" : "";
        String variables = "\"use strict\";" + client + " var " + String.join(", ", declared) + ";";
        return variables + bodies + "\n" + registration(names, functionNames);
    }

    private List<String> declarations(Set<String> names, Set<String> functionNames) {
        List<String> declared = new ArrayList<>();
        names.add("$ret");
        names.add("$thrown");
        names.add(parameter);
        lifting.naming.names().forEach((variable, name) -> names.add(name));
        names.addAll(lifting.renderer.boxes().values());
        names.addAll(lifting.slots);
        Set<String> dead = lifting.naming.names().entrySet().stream()
                .filter(entry -> startsDead(entry.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        for (String name : names) {
            if (!functionNames.contains(name)) {
                declared.add(dead.contains(name) ? name + " = $TDZ" : name);
            }
        }
        return declared;
    }

    private boolean startsDead(Variable variable) {
        return variable.needsTdzCheck()
                && !lifting.plan.isRepeated(variable.scope().node());
    }

    private String registration(Set<String> names, Set<String> functionNames) {
        List<String> members = new ArrayList<>();
        members.add(accessor("$ctx", parameter));
        for (String name : names) {
            if (!functionNames.contains(name) && !name.equals("$ctx")) {
                members.add(accessor(name, name));
            }
        }
        return "$program({\n  variables: {\n    " + String.join(",\n    ", members) + "\n  },\n  functions: {"
                + (functionNames.isEmpty() ? "" : " " + String.join(", ", functionNames) + " ") + "}\n});\n";
    }

    private static String accessor(String property, String variable) {
        return "get " + property + "() { return " + variable + " }, set " + property + "($v) { " + variable + " = $v }";
    }
}
