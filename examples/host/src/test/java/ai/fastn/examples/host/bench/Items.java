package ai.fastn.examples.host.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The input of a run over many items. */
final class Items {

    private Items() {}

    static String json(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
