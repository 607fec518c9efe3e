package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.EffectMap;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import java.util.Optional;

/**
 * Which promise chains are laid out as steps and paths: those that begin with an effect or an async function of the
 * program, and whose handlers are functions that can be seen. A chain that only computes with the answer stays in the
 * step of its call.
 */
final class ChainRule {

    private final EffectMap effects;
    private final Units units;

    ChainRule(EffectMap effects, Units units) {
        this.effects = effects;
        this.units = units;
    }

    Optional<Chain> chain(Expression awaited) {
        return Chain.of(awaited).filter(this::hasPaths).filter(this::isVisible);
    }

    private boolean hasPaths(Chain chain) {
        return chain.links().stream().anyMatch(this::isPath);
    }

    /** Whether a link is more than a computation with the answer. */
    boolean isPath(Chain.Link link) {
        return link.rejected() != null || link.handlers().stream().anyMatch(this::performs);
    }

    private boolean performs(Expression handler) {
        return function(handler)
                .filter(function ->
                        !effects.performedBy(function.body(), node -> false).isEmpty())
                .isPresent();
    }

    private boolean isVisible(Chain chain) {
        boolean base = effects.of(chain.base()).isPresent()
                || effects.functionOf(chain.base().callee())
                        .filter(function -> function.async() && !function.generator())
                        .isPresent();
        return base
                && chain.base().arguments().stream().noneMatch(Expression.SpreadElement.class::isInstance)
                && chain.links().stream()
                        .flatMap(link -> link.handlers().stream())
                        .allMatch(handler -> function(handler).isPresent());
    }

    /** Whether the statements of a handler become steps, rather than one call. */
    boolean isPlaced(Expression handler) {
        return handler instanceof FunctionNode function
                && !function.generator()
                && InlineRule.isPlain(function, units, false);
    }

    private Optional<FunctionNode> function(Expression handler) {
        return handler instanceof FunctionNode function ? Optional.of(function) : effects.functionOf(handler);
    }
}
