package ai.fastn.camunda.diagnostic;

import java.util.Locale;

/**
 * One mistake at one place of a source text.
 *
 * @param message the finished sentence
 * @param instead what to write instead
 */
public record Diagnostic(DiagnosticKind kind, SourceSpan span, String message, String instead) {

    /** The finished sentences. */
    public static Diagnostic of(DiagnosticKind kind, SourceSpan span, Object... arguments) {
        return new Diagnostic(
                kind,
                span,
                String.format(Locale.ROOT, kind.message(), arguments),
                String.format(Locale.ROOT, kind.instead(), arguments));
    }
}
