package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a source that calls an effect.
 *
 * @param call the text of the call
 * @param function the text of the innermost function around it
 */
record EffectSite(EffectUse effect, SourceSpan call, SourceSpan function, Position position) {

    /** All sites of a workflow that the compiler knows, in the order of the text. */
    static List<EffectSite> in(AnalyzedScript source) {
        List<EffectSite> sites = new ArrayList<>();
        collect(source.script().program(), source.script().program(), source, sites);
        return sites;
    }

    private static void collect(Node node, Node function, AnalyzedScript source, List<EffectSite> sites) {
        if (node instanceof CallExpression call) {
            source.effects()
                    .of(call)
                    .ifPresent(effect -> sites.add(new EffectSite(
                            effect,
                            source.script().inSource(call.span()),
                            source.script().inSource(function.span()),
                            source.script().positionOf(call.span().start()))));
        }
        Node around = node instanceof FunctionNode ? node : function;
        node.children().forEach(child -> collect(child, around, source, sites));
    }

    @Override
    public String toString() {
        return effect.name() + " at " + position;
    }
}
