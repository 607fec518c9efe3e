package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why several calls are one step; it goes into the documentation of the step. */
final class FuseReason {

    private final AnalyzedScript source;
    private final Plan plan;

    FuseReason(AnalyzedScript source, Plan plan) {
        this.source = source;
        this.plan = plan;
    }

    /** Null for code that is just the step of its one call. */
    @Nullable String of(Node node, List<EffectUse> effects) {
        if (effects.isEmpty()) {
            return null;
        }
        boolean[] together = {false};
        boolean[] recursive = {false};
        boolean[] helper = {false};
        boolean[] callback = {false};
        node.walk(below -> {
            if (below instanceof CallExpression call) {
                together[0] |= Join.combinator(call).isPresent();
                FunctionNode function =
                        source.effects().functionOf(call.callee()).orElse(null);
                recursive[0] |= function != null && plan.isRecursive(function);
                helper[0] |= function != null;
                callback[0] |= call.arguments().stream().anyMatch(FunctionNode.class::isInstance);
            }
            return !(below instanceof FunctionNode);
        });
        if (together[0]) {
            return "These calls run at the same time, so they are one step.";
        }
        if (recursive[0]) {
            return "A helper that calls itself is one step.";
        }
        if (effects.size() < 2) {
            return null;
        }
        if (callback[0]) {
            return "These calls are made by a function that is handed to another one, so they are one step.";
        }
        return helper[0]
                ? "The calls of this helper can not be laid out here, so they are one step."
                : plan.isWatched(node)
                        ? "An iterator of the author's own notices how the loop ends, so the loop is one step."
                        : "These calls are made where a process can not stop in between, so they are one step.";
    }
}
