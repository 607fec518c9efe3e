package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.slice.StepGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much of a workflow can be seen in its process.
 *
 * @param effects call sites of effects in the source
 * @param ownNodes those that have a step which performs this effect and no other
 * @param fusedBecause what the process says of steps that others share; where it says nothing, which site that is
 */
record Anatomy(int effects, int ownNodes, int steps, List<String> fusedBecause) {

    static final Anatomy NONE = new Anatomy(0, 0, 0, List.of());

    Anatomy {
        fusedBecause = List.copyOf(fusedBecause);
    }

    static Anatomy of(AnalyzedScript source, StepGraph graph) {
        List<EffectSite> sites = EffectSite.in(source);
        List<EffectStep> steps = graph.steps().stream()
                .flatMap(step -> EffectStep.of(step, source.script()).stream())
                .sorted(Comparator.comparingInt(step -> step.text().length()))
                .toList();
        Map<Integer, List<EffectSite>> shares = shares(sites, steps);
        List<EffectSite> hidden = new ArrayList<>(sites);
        steps.forEach(step -> {
            List<EffectSite> held = shares.getOrDefault(step.number(), List.of());
            if (held.size() == 1 && step.performsOnly(held.get(0))) {
                hidden.remove(held.get(0));
            }
        });
        return new Anatomy(
                sites.size(), sites.size() - hidden.size(), graph.steps().size(), reasons(hidden, steps));
    }

    /** Which sites each step holds: a site belongs to the smallest step around it. */
    private static Map<Integer, List<EffectSite>> shares(List<EffectSite> sites, List<EffectStep> steps) {
        Map<Integer, List<EffectSite>> shares = new LinkedHashMap<>();
        for (EffectSite site : sites) {
            holder(site, steps)
                    .ifPresent(step -> shares.computeIfAbsent(step.number(), number -> new ArrayList<>())
                            .add(site));
        }
        return shares;
    }

    private static Optional<EffectStep> holder(EffectSite site, List<EffectStep> steps) {
        return steps.stream().filter(step -> step.holds(site)).findFirst();
    }

    private static List<String> reasons(List<EffectSite> hidden, List<EffectStep> steps) {
        Set<String> reasons = new LinkedHashSet<>();
        for (EffectSite site : hidden) {
            reasons.add(holder(site, steps)
                    .flatMap(EffectStep::fused)
                    .or(() -> steps.stream()
                            .filter(step -> step.effects().contains(site.effect()))
                            .flatMap(step -> step.fused().stream())
                            .findFirst())
                    .orElse("not said: " + site));
        }
        return List.copyOf(reasons);
    }
}
