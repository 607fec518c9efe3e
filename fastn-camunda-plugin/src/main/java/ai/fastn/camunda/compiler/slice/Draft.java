package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step while it is being made. */
final class Draft {

    final OpenRegion region;
    final List<Piece> pieces = new ArrayList<>();
    final List<OpenBranch> branches = new ArrayList<>();

    @Nullable Action action;

    @Nullable SourceSpan span;

    /** The loop that begins here. */
    @Nullable Mention loop;

    boolean returns;
    int number = -1;

    Draft(OpenRegion region, @Nullable Action action) {
        this.region = region;
        this.action = action;
    }

    /** Whether it holds statements; other steps have an action from the start. */
    boolean isCode() {
        return action == null;
    }

    boolean hasEffects() {
        return pieces.stream().anyMatch(piece -> !piece.effects().isEmpty());
    }

    /** Whether an effect is still open when its statements are over: JavaScript goes on with what follows. */
    boolean isFloating() {
        return pieces.stream().anyMatch(Piece::floating);
    }

    boolean isEmptyCode() {
        return isCode()
                && pieces.stream()
                        .noneMatch(piece -> piece.isNeeded() && !piece.text().isEmpty());
    }
}
