package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a value in a variable of the compiler. */
record SlotSink(Lifting lifting, String name) implements Sink {

    @Override
    public void accept(String text, @Nullable Node value) {
        if (!text.equals(name)) {
            lifting.graph.code(
                    lifting.piece(name + " = " + text + ";", value == null ? null : value.span(), value, List.of()));
        }
    }

    @Override
    public String slot() {
        return name;
    }
}
