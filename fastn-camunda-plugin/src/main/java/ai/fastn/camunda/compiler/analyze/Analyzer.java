package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.effect.EffectCatalog;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Phase analyze: resolves names and finds the effects. */
public final class Analyzer {

    /** Looks at a script with what is known of the tenant's connectors. */
    public AnalyzedScript analyze(Script script, EffectCatalog catalog) {
        Scopes scopes = Scopes.of(script.program());
        ClientValues values = new ClientValues(script.program(), scopes);
        EffectCalls calls = new EffectCalls(script, values, catalog);
        EffectMap effects = new EffectMap(script.program(), scopes, calls.calls());
        return new AnalyzedScript(
                script,
                scopes,
                effects,
                main(script),
                calls.connectors(),
                calls.handles(),
                mistakes(script, scopes, calls));
    }

    /** What is wrong with a script, in the order of the text; it may lack its workflow. */
    public List<Diagnostic> mistakes(Script script, EffectCatalog catalog) {
        Scopes scopes = Scopes.of(script.program());
        return mistakes(script, scopes, new EffectCalls(script, new ClientValues(script.program(), scopes), catalog));
    }

    private static List<Diagnostic> mistakes(Script script, Scopes scopes, EffectCalls calls) {
        return Stream.concat(calls.diagnostics().stream(), SandboxRules.check(script, scopes).stream())
                .sorted(Comparator.comparingInt(diagnostic -> diagnostic.span().start()))
                .toList();
    }

    private static FunctionNode main(Script script) {
        Node exported = script.program()
                .defaultExport()
                .orElseThrow(() -> new IllegalStateException("bug: a script without default export passed the parser"));
        Node function = exported instanceof Identifier name
                ? script.program().valueOf(name.name()).orElse(exported)
                : exported;
        if (function instanceof FunctionNode main) {
            return main;
        }
        throw new IllegalStateException("bug: a default export that is no function passed the parser");
    }
}
