package ai.fastn.camunda.bench.generate;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The dice of one program. */
final class Chance {

    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    /** One of several ways to go on; those with a weight of 0 are not open. */
    record Way(int weight, Supplier<Tree> maker) {}

    static Way way(int weight, Supplier<Tree> maker) {
        return new Way(weight, maker);
    }

    static Way way(int weight, boolean open, Supplier<Tree> maker) {
        return new Way(open ? weight : 0, maker);
    }

    /** Takes one of the ways; the first must be open. */
    Tree take(Way... ways) {
        int left = random.nextInt(Stream.of(ways).mapToInt(Way::weight).sum());
        for (Way way : ways) {
            left -= way.weight();
            if (left < 0) {
                return way.maker().get();
            }
        }
        throw new IllegalStateException("no way is open");
    }

    boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From {@code least} to {@code most}. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
