package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A way on from a draft; its target comes later. */
final class OpenBranch {

    final Draft from;
    final String label;
    final @Nullable String condition;
    final List<Piece> notes = new ArrayList<>();

    /** The author's words that say to go this way: the label of a case, a jump, the head of an endless loop. */
    final Set<SourceSpan> words = new LinkedHashSet<>();

    @Nullable Draft target;

    OpenBranch(Draft from, String label, @Nullable String condition) {
        this.from = from;
        this.label = label;
        this.condition = condition;
    }

    /** The condition, which also notes what the taken way has to note. */
    @Nullable String fullCondition() {
        List<String> texts = notes.stream()
                .filter(Piece::isNeeded)
                .map(note -> note.text().replaceFirst(";$", ""))
                .toList();
        if (condition == null || texts.isEmpty()) {
            return condition;
        }
        return "(" + condition + ") && (" + String.join(", ", texts) + ", true)";
    }
}
