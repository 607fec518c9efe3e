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
 * @param purpose what it is for, where its span does not say it
 */
record Piece(
        String text,
        @Nullable SourceSpan span,
        List<EffectUse> effects,
        List<String> sets,
        @Nullable OpenRegion guard,
        @Nullable String fused,
        boolean floating,
        Purpose purpose) {

    Piece {
        effects = List.copyOf(effects);
        sets = List.copyOf(sets);
    }

    /** Code of the author. */
    Piece(
            String text,
            @Nullable SourceSpan span,
            List<EffectUse> effects,
            List<String> sets,
            @Nullable String fused,
            boolean floating) {
        this(text, span, effects, sets, null, fused, floating, Purpose.NOTE);
    }

    /** Code of the compiler. */
    static Piece internal(String text, Purpose purpose) {
        return new Piece(text, null, List.of(), List.of(), null, null, false, purpose);
    }

    /** Code of the compiler that keeps something for later. */
    static Piece note(String text) {
        return internal(text, Purpose.NOTE);
    }

    /** Code that notes by which way a region is left. */
    static Piece note(String text, OpenRegion region) {
        return new Piece(text, null, List.of(), List.of(), region, null, false, Purpose.NOTE);
    }

    /** The same code, with what it is for. */
    Piece as(Purpose wanted) {
        return new Piece(text, span, effects, sets, guard, fused, floating, wanted);
    }

    /** Whether it takes what a {@code catch} has caught. */
    boolean isCatching() {
        return purpose.equals(Purpose.CATCH);
    }

    /** Whether it ends its way by throwing what the author throws there. */
    boolean isFailing() {
        return span != null && purpose.equals(Purpose.THROW);
    }

    /** Whether nobody but the compiler asked for it. */
    boolean isInternal() {
        return span == null && effects.isEmpty();
    }

    boolean isNeeded() {
        return guard == null || guard.hasSeveralWays();
    }
}
