package ai.fastn.examples.host.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.stream.IntStream;

/** The input of a run over many items. */
final class Items {

    private Items() {}

    static ArrayNode upTo(int count) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        IntStream.range(0, count).forEach(items::add);
        return items;
    }
}
