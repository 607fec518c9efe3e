package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.List;

/** Publish was refused because the source has mistakes. */
public final class DoesNotCompileException extends FastnException {

    private static final long serialVersionUID = 1L;

    private final transient SourceText source;
    private final transient List<Diagnostic> diagnostics;

    DoesNotCompileException(WorkflowSlug slug, SourceText source, List<Diagnostic> diagnostics) {
        super(
                ErrorCode.WORKFLOW_DOES_NOT_COMPILE,
                "workflow \"" + slug + "\" has " + diagnostics.size()
                        + (diagnostics.size() == 1 ? " mistake" : " mistakes") + ": "
                        + diagnostics.get(0).message());
        this.source = source;
        this.diagnostics = List.copyOf(diagnostics);
    }

    public SourceText source() {
        return source;
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
