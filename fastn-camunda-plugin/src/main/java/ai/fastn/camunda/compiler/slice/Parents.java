package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Program;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** The way up the syntax tree. */
final class Parents {

    private final IdentityHashMap<Node, Node> parents = new IdentityHashMap<>();

    Parents(Program program) {
        program.walk(node -> {
            node.children().forEach(child -> parents.put(child, node));
            return true;
        });
    }

    @Nullable Node of(Node node) {
        return parents.get(node);
    }
}
