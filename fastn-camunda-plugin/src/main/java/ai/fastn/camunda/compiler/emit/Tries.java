package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Region;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.compiler.slice.Words;
import ai.fastn.camunda.workflow.StepKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is tried in each region: the first effect in it, or in a try inside it. */
final class Tries {

    private final StepGraph graph;
    private final Map<Integer, Step> ofRegions = new HashMap<>();
    private final Map<Integer, Action.Code> firstEffects = new HashMap<>();

    Tries(StepGraph graph) {
        this.graph = graph;
        graph.steps().forEach(this::collect);
    }

    private void collect(Step step) {
        if (step.action() instanceof Action.Attempt attempt) {
            ofRegions.put(attempt.region(), step);
        }
        if (step.action() instanceof Action.Code code && code.kind() != StepKind.PROCESS) {
            for (int region = step.region();
                    region >= 0;
                    region = region(region).parent()) {
                firstEffects.putIfAbsent(region, code);
            }
        }
    }

    private Region region(int number) {
        return graph.regions().get(number);
    }

    /** The step that is the try of a region. */
    Optional<Step> stepOf(int region) {
        return Optional.ofNullable(ofRegions.get(region));
    }

    /** Whether a region begins with another try, as in {@code try} with {@code catch} and {@code finally}. */
    private boolean isAroundTry(int region) {
        return graph.step(region(region).entry()).action() instanceof Action.Attempt;
    }

    /** {@code "Try: read deal from HubSpot CRM"}. */
    String name(int region) {
        String title = isAroundTry(region) ? "Try and finish" : "Try";
        return Optional.ofNullable(firstEffects.get(region))
                .map(code -> Words.cut(title + ": " + Words.lower(Wording.of(code))))
                .orElse(title);
    }
}
