package ai.fastn.camunda.diagnostic;

import java.util.Locale;

/**
 * One mistake at one place of a source text.
 *
 * @param message the finished sentence
 * @param instead what to write instead; empty where the message says it
 */
public record Diagnostic(DiagnosticKind kind, SourceSpan span, String message, String instead) {

    /** The finished sentences; advice that names a second argument is left out when that is empty. */
    public static Diagnostic of(DiagnosticKind kind, SourceSpan span, Object... arguments) {
        boolean silent = kind.instead().contains("%2$s") && arguments[1].equals("");
        String instead = silent ? "" : String.format(Locale.ROOT, kind.instead(), arguments);
        return new Diagnostic(kind, span, String.format(Locale.ROOT, kind.message(), arguments), instead);
    }
}
