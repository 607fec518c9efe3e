package ai.fastn.camunda.compiler.slice;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** Holds what every step graph must hold; a violation is our bug. */
final class GraphCheck {

    private final StepGraph graph;

    GraphCheck(StepGraph graph) {
        this.graph = graph;
    }

    void check() {
        graph.steps().forEach(this::checkStep);
        graph.regions().forEach(this::checkRegion);
        require(reachable().size() == graph.steps().size(), 0, "is followed by steps that nothing reaches");
    }

    private void checkStep(Step step) {
        int ways = step.branches().size();
        Action action = step.action();
        if (action instanceof Action.Decision) {
            require(ways >= 2, step.number(), "asks a question with " + ways + " answers");
            require(step.branches().get(ways - 1).condition().isEmpty(), step.number(), "has no way taken otherwise");
            require(
                    step.branches().stream()
                            .limit(ways - 1L)
                            .allMatch(branch -> branch.condition().isPresent()),
                    step.number(),
                    "has two ways taken otherwise");
        } else if (action instanceof Action.Attempt) {
            require(ways == 2, step.number(), "needs a way on and a way for errors");
        } else if (action instanceof Action.Code || action instanceof Action.Sleep) {
            require(ways == 1, step.number(), "must go on to one step");
        } else if (action instanceof Action.Join) {
            require(ways == 1, step.number(), "must go on to one step");
        } else {
            require(ways == 0, step.number(), "ends and can not go on");
        }
        for (Branch branch : step.branches()) {
            Step target = graph.step(branch.target());
            require(target.region() == step.region(), step.number(), "leaves its region for step " + target.number());
        }
        require(step.region() >= 0, step.number(), "lies in no region");
    }

    private void checkRegion(Region region) {
        Step entry = graph.step(region.entry());
        require(entry.region() == region.number(), entry.number(), "begins a region it does not lie in");
        require(region.parent() < region.number(), entry.number(), "lies in a region that is not nested");
    }

    private Set<Integer> reachable() {
        Set<Integer> seen = new HashSet<>();
        graph.regions().forEach(region -> visit(region.entry(), seen));
        return seen;
    }

    private void visit(int from, Set<Integer> seen) {
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.push(from);
        while (!open.isEmpty()) {
            int number = open.pop();
            if (seen.add(number)) {
                graph.step(number).branches().forEach(branch -> open.push(branch.target()));
            }
        }
    }

    private static void require(boolean holds, int step, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("bug: step " + step + " " + otherwise);
        }
    }
}
