package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bit of code on its way into a step.
 *
 * @param span where the author wrote it; null for code that only the compiler needs
 * @param guard the code is only needed when this region can be left in several ways
 * @param fused why several effects stay together in it
 * @param floating it starts an effect and goes on without waiting for it
 */
record Piece(
        String text,
        @Nullable SourceSpan span,
        List<EffectUse> effects,
        List<String> sets,
        @Nullable OpenRegion guard,
        @Nullable String fused,
        boolean floating) {

    Piece {
        effects = List.copyOf(effects);
        sets = List.copyOf(sets);
    }

    /** Code of the compiler. */
    static Piece internal(String text) {
        return new Piece(text, null, List.of(), List.of(), null, null, false);
    }

    /** Code that notes by which way a region is left. */
    static Piece note(String text, OpenRegion region) {
        return new Piece(text, null, List.of(), List.of(), region, null, false);
    }

    /** Whether nobody but the compiler asked for it. */
    boolean isInternal() {
        return span == null && effects.isEmpty();
    }

    boolean isNeeded() {
        return guard == null || guard.hasSeveralWays();
    }
}
