package ai.fastn.camunda.compiler.slice;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A region while its steps are being made, and the ways out of it that were found. */
final class OpenRegion {

    final int number;
    final @Nullable OpenRegion parent;
    final String slot;
    final Map<Jump, Integer> jumps = new LinkedHashMap<>();
    boolean endsNormally;
    boolean catches;

    @Nullable Draft entry;

    OpenRegion(int number, @Nullable OpenRegion parent, String slot) {
        this.number = number;
        this.parent = parent;
        this.slot = slot;
    }

    /** Number of a way out; 0 is the normal end. */
    int wayOf(Jump jump) {
        return jumps.computeIfAbsent(jump, any -> jumps.size() + 1);
    }

    boolean hasSeveralWays() {
        return jumps.size() + (endsNormally ? 1 : 0) + (catches ? 1 : 0) > 1;
    }
}
