package ai.fastn.camunda.diagnostic;

/**
 * One mistake at one place of a source text.
 *
 * @param message the finished sentence
 */
public record Diagnostic(DiagnosticKind kind, SourceSpan span, String message) {

    public static Diagnostic of(DiagnosticKind kind, SourceSpan span, Object... arguments) {
        return new Diagnostic(kind, span, String.format(kind.message(), arguments));
    }
}
