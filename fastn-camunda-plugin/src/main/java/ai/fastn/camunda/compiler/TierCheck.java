package ai.fastn.camunda.compiler;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.workflow.Tier;
import java.util.ArrayList;
import java.util.List;

/** What a workflow can not do in its tier. */
final class TierCheck {

    private TierCheck() {}

    /** Nobody waits for an event while the caller of an Instant workflow waits for its answer. */
    static List<Diagnostic> mistakes(AnalyzedScript analyzed, Tier tier) {
        List<Diagnostic> found = new ArrayList<>();
        if (tier.isSynchronous()) {
            analyzed.script().program().walk(node -> {
                if (node instanceof CallExpression call
                        && analyzed.effects()
                                .of(call)
                                .filter(use -> use.name().equals(EffectUse.WAIT_FOR))
                                .isPresent()) {
                    found.add(Diagnostic.of(
                            DiagnosticKind.WAIT_IN_INSTANT,
                            analyzed.script().inSource(call.callee().span())));
                }
                return true;
            });
        }
        return found;
    }
}
