package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What stands around the statement being lifted, as far as jumps care. Compared by identity. */
abstract sealed class Enclosing {

    /** A loop, a switch or a labelled block. */
    static final class Target extends Enclosing {
        final Set<String> labels;
        final boolean plainBreak;
        final Label afterwards;
        final @Nullable Label again;

        Target(Set<String> labels, boolean plainBreak, Label afterwards, @Nullable Label again) {
            this.labels = labels;
            this.plainBreak = plainBreak;
            this.afterwards = afterwards;
            this.again = again;
        }
    }

    /** A region: a jump out of it ends the region first. */
    static final class Border extends Enclosing {
        final OpenRegion region;

        Border(OpenRegion region) {
            this.region = region;
        }
    }

    /** A function: the workflow itself, or a helper that is laid into its call. */
    static final class Function extends Enclosing {
        final @Nullable Sink result;
        final Label end;
        final @Nullable Consumer<@Nullable Expression> receiver;

        /** The workflow. */
        Function() {
            this(null, new Label(), null);
        }

        /** A helper; its result goes to the sink, what it yields to the receiver. */
        Function(@Nullable Sink result, Label end, @Nullable Consumer<@Nullable Expression> receiver) {
            this.result = result;
            this.end = end;
            this.receiver = receiver;
        }
    }
}
