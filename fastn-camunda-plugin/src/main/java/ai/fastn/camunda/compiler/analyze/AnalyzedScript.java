package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.util.List;

/**
 * A script whose names and effects are known.
 *
 * @param main the function that is the workflow
 * @param connectors versions of the connectors it may call
 * @param handles what it hands to actions: secrets by name
 * @param diagnostics what is wrong with it, in the order of the text
 */
public record AnalyzedScript(
        Script script,
        Scopes scopes,
        EffectMap effects,
        FunctionNode main,
        ConnectorVersions connectors,
        List<EffectUse> handles,
        List<Diagnostic> diagnostics) {

    public AnalyzedScript {
        handles = List.copyOf(handles);
        diagnostics = List.copyOf(diagnostics);
    }
}
