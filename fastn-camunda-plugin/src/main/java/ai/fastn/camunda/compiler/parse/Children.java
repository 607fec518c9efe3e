package ai.fastn.camunda.compiler.parse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a node, single nodes, lists and absent ones, into one list. */
final class Children {

    private Children() {}

    static List<Node> of(@Nullable Object... parts) {
        List<Node> nodes = new ArrayList<>(parts.length);
        for (Object part : parts) {
            if (part instanceof Node node) {
                nodes.add(node);
            } else if (part instanceof List<?> list) {
                list.forEach(element -> nodes.add((Node) element));
            }
        }
        return List.copyOf(nodes);
    }

    /** Lists that alternate in the text. */
    static List<Node> inTextOrder(List<? extends Node> one, List<? extends Node> other) {
        List<Node> nodes = new ArrayList<>(one);
        nodes.addAll(other);
        nodes.sort(Comparator.comparingInt(node -> node.span().start()));
        return List.copyOf(nodes);
    }
}
