package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText.Position;
import java.util.List;
import java.util.Optional;

/**
 * A step that performs effects.
 *
 * @param text where the author wrote it
 * @param effects what it performs; empty for a wait, which is all that it does
 * @param fused why it performs several effects or an unknown number of them
 */
record EffectStep(int number, SourceSpan text, List<EffectUse> effects, Optional<String> fused) {

    /** The step as one that performs effects, when it does. */
    static Optional<EffectStep> of(Step step, Script script) {
        if (step.action() instanceof Action.Code code && !code.effects().isEmpty()) {
            return span(step, script).map(text -> new EffectStep(step.number(), text, code.effects(), code.fused()));
        }
        return step.action() instanceof Action.Sleep
                ? span(step, script).map(text -> new EffectStep(step.number(), text, List.of(), Optional.empty()))
                : Optional.empty();
    }

    private static Optional<SourceSpan> span(Step step, Script script) {
        return step.source().map(place -> {
            String[] ends = place.toString().split("-", 2);
            return new SourceSpan(offset(ends[0], script), offset(ends[1], script));
        });
    }

    private static int offset(String place, Script script) {
        String[] parts = place.split(":", 2);
        return script.lines().offsetOf(new Position(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
    }

    /** Whether the step's text holds the call. */
    boolean holds(EffectSite site) {
        return within(site.call(), text) && (effects.isEmpty() || effects.contains(site.effect()));
    }

    /** Whether the step performs this effect and, as far as it says, nothing else, once each time it runs. */
    boolean performsOnly(EffectSite site) {
        return fused.isEmpty() && effects.size() <= 1 && within(text, site.function());
    }

    private static boolean within(SourceSpan inner, SourceSpan outer) {
        return outer.start() <= inner.start() && inner.end() <= outer.end();
    }
}
