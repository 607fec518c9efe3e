package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.engine.StepCheck;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.ExecutionTimeout;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.List;
import java.util.function.BiFunction;

/** Holds the code of steps that people have drawn against the rules for workflows: the compiler compiles it as one. */
final class CompilerStepCheck implements StepCheck {

    private static final String HEAD = "export default async function (ctx) {\n";

    private final WorkflowCompiler compiler;
    private final BiFunction<TenantId, ConnectorVersions, EffectCatalog> catalogs;

    CompilerStepCheck(WorkflowCompiler compiler, BiFunction<TenantId, ConnectorVersions, EffectCatalog> catalogs) {
        this.compiler = compiler;
        this.catalogs = catalogs;
    }

    @Override
    public List<String> mistakes(TenantId tenant, ConnectorVersions connectors, String body) {
        SourceText source = new SourceText("step.js", HEAD + body + "\n}");
        WorkflowConfiguration configuration = new WorkflowConfiguration(
                "step",
                "",
                Tier.LONG,
                ExecutionTimeout.defaultOf(Tier.LONG),
                RetryPolicy.OFF,
                Concurrency.UNLIMITED,
                connectors,
                true);
        Compilation compilation = compiler.compile(new CompilerInput(
                source, WorkflowSlug.of("step"), 0, configuration, catalogs.apply(tenant, connectors)));
        return compilation instanceof Compilation.Rejected rejected
                ? rejected.diagnostics().stream()
                        .map(mistake -> sentence(source, mistake))
                        .toList()
                : List.of();
    }

    private static String sentence(SourceText source, Diagnostic mistake) {
        int line = source.positionOf(mistake.span().start()).line() - 1;
        return "line " + Math.max(1, line) + ": " + mistake.kind().code() + " " + mistake.message() + " Instead: "
                + mistake.instead();
    }
}
