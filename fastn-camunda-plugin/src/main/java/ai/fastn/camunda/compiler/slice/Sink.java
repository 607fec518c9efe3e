package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Node;
import org.jspecify.annotations.Nullable;

/** Where the value of an expression goes. */
interface Sink {

    /**
     * Emits the code that takes a value.
     *
     * @param text the value as an expression
     * @param value what it was made from; null for the compiler's own
     */
    void accept(String text, @Nullable Node value);

    /** A variable that may hold the value before it is final; null when there is none. */
    default @Nullable String slot() {
        return null;
    }

    /** Whether nobody looks at the value. */
    default boolean discards() {
        return false;
    }
}
