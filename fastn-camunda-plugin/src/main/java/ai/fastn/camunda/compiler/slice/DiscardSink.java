package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Node;
import org.jspecify.annotations.Nullable;

/** Computes a value that nobody looks at. */
record DiscardSink(Lifting lifting) implements Sink {

    @Override
    public void accept(String text, @Nullable Node value) {
        if (value != null) {
            lifting.graph.code(lifting.piece("(" + text + ");", value));
        }
    }

    @Override
    public boolean discards() {
        return true;
    }
}
