package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Program;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Names that are written to, and names that only declare. */
final class Targets {

    private final Set<Identifier> assigned = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Identifier> declared = Collections.newSetFromMap(new IdentityHashMap<>());

    Targets(Program program) {
        program.walk(node -> {
            collect(node);
            return true;
        });
    }

    boolean isAssigned(Identifier name) {
        return assigned.contains(name);
    }

    boolean isDeclared(Identifier name) {
        return declared.contains(name);
    }

    private void collect(Node node) {
        if (node instanceof Expression.AssignmentExpression assignment) {
            assigned.addAll(names(assignment.left()));
        } else if (node instanceof Expression.UpdateExpression update && update.argument() instanceof Identifier name) {
            assigned.add(name);
        } else if (node instanceof Statement.ForOfStatement loop && loop.left() instanceof Pattern pattern) {
            assigned.addAll(names(pattern));
        } else if (node instanceof Statement.ForInStatement loop && loop.left() instanceof Pattern pattern) {
            assigned.addAll(names(pattern));
        } else if (node instanceof Part.VariableDeclarator declarator) {
            declared.addAll(names(declarator.id()));
        }
    }

    /** The names a pattern gives a value to. */
    static List<Identifier> names(Node pattern) {
        List<Identifier> found = new ArrayList<>();
        collect(pattern, found);
        return found;
    }

    private static void collect(Node pattern, List<Identifier> found) {
        if (pattern instanceof Identifier name) {
            found.add(name);
        } else if (pattern instanceof Pattern.AssignmentPattern assignment) {
            collect(assignment.left(), found);
        } else if (pattern instanceof Pattern.RestElement rest) {
            collect(rest.argument(), found);
        } else if (pattern instanceof Pattern.ArrayPattern array) {
            array.elements().forEach(element -> collect(element, found));
        } else if (pattern instanceof Pattern.ObjectPattern object) {
            object.properties()
                    .forEach(member -> collect(
                            member instanceof Part.AssignmentProperty property ? property.value() : member, found));
        }
    }
}
