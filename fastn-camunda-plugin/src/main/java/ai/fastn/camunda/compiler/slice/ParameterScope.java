package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.HashMap;
import java.util.Map;

/** Whether parameters have a scope that shows: then assigning them one after the other says something else. */
final class ParameterScope {

    /** Where each parameter is bound. */
    private final Map<String, Integer> bound = new HashMap<>();

    private boolean shows;
    private boolean keepsThem;

    private ParameterScope() {}

    static boolean shows(FunctionNode function) {
        ParameterScope scope = new ParameterScope();
        function.params().forEach(param -> bind(param, scope.bound));
        function.params().forEach(scope::readDefaults);
        if (scope.keepsThem) {
            function.body().walk(scope::hides);
        }
        return scope.shows;
    }

    private static void bind(Node node, Map<String, Integer> bound) {
        if (node instanceof Identifier name) {
            bound.put(name.name(), name.span().start());
        } else if (node instanceof Pattern.AssignmentPattern pattern) {
            bind(pattern.left(), bound);
        } else if (node instanceof Part.AssignmentProperty property) {
            bind(property.value(), bound);
        } else {
            node.children().forEach(child -> bind(child, bound));
        }
    }

    private void readDefaults(Node node) {
        if (node instanceof Pattern.AssignmentPattern pattern) {
            pattern.right().walk(below -> read(below, pattern.left().span().start()));
        }
        node.children().forEach(this::readDefaults);
    }

    /** A default may name what is bound before it; a function in it may keep any. */
    private boolean read(Node node, int from) {
        keepsThem |= node instanceof FunctionNode || node instanceof ClassNode;
        if (node instanceof Expression.MemberExpression member && !member.computed()) {
            member.object().walk(below -> read(below, from));
            return false;
        }
        if (node instanceof Part.Property property && !property.computed()) {
            property.value().walk(below -> read(below, from));
            return false;
        }
        shows |= node instanceof Identifier name && bound.getOrDefault(name.name(), -1) >= from;
        return true;
    }

    /**
     * Whether the body declares a variable of a parameter's name: another one than a function in a default has kept.
     */
    private boolean hides(Node node) {
        if (node instanceof Statement.VariableDeclaration variables
                && variables.kind() == Statement.DeclarationKeyword.VAR) {
            Map<String, Integer> declared = new HashMap<>();
            variables.declarations().forEach(variable -> bind(variable.id(), declared));
            shows |= declared.keySet().stream().anyMatch(bound::containsKey);
        }
        return !(node instanceof FunctionNode);
    }
}
