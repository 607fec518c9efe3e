package ai.fastn.camunda.compiler.slice;

import org.jspecify.annotations.Nullable;

/**
 * A way to leave statements early.
 *
 * @param to the enclosing construct that takes it: the function for a return
 * @param box where the value of a return waits until all regions are left; null for other jumps
 */
record Jump(Kind kind, Enclosing to, @Nullable String box) {

    /** The words that jump. */
    enum Kind {
        RETURN,
        BREAK,
        CONTINUE
    }
}
