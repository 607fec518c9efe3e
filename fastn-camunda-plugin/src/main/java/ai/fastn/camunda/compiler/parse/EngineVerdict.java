package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.Optional;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.jspecify.annotations.Nullable;

/** What the engine that will run a script says about its text. */
final class EngineVerdict {

    private EngineVerdict() {}

    static Optional<Diagnostic> of(ParserContext context, Script script) {
        return Optional.ofNullable(context.refusalOf(script.javaScript())).map(refusal -> diagnostic(script, refusal));
    }

    private static Diagnostic diagnostic(Script script, PolyglotException refusal) {
        SourceSpan span = script.inSource(span(refusal.getSourceLocation()));
        if (!refusal.isSyntaxError()) {
            if (ParserContext.isStackOverflow(refusal)) {
                return Diagnostic.of(DiagnosticKind.NESTED_TOO_DEEPLY, span, ScriptParser.MAX_DEPTH);
            }
            throw refusal;
        }
        String message = words(refusal);
        if (isInRegularExpression(script.program(), refusal.getSourceLocation())) {
            return Diagnostic.of(DiagnosticKind.REGULAR_EXPRESSION, span, message);
        }
        SyntaxWords words = SyntaxWords.ofEngine(message);
        return Diagnostic.of(DiagnosticKind.SYNTAX, span, words.sentence(), words.instead());
    }

    private static boolean isInRegularExpression(Program program, @Nullable SourceSection place) {
        boolean[] found = new boolean[1];
        program.walk(node -> {
            found[0] |= place != null
                    && node instanceof Expression.Literal literal
                    && literal.kind() == Expression.LiteralKind.REGEXP
                    && literal.span().start() <= place.getCharIndex()
                    && place.getCharIndex() <= literal.span().end();
            return true;
        });
        return found[0];
    }

    private static SourceSpan span(@Nullable SourceSection place) {
        return place == null
                ? new SourceSpan(0, 1)
                : new SourceSpan(place.getCharIndex(), place.getCharIndex() + Math.max(1, place.getCharLength()));
    }

    /** The first line of the message, without the engine's own place. */
    private static String words(PolyglotException refusal) {
        String message =
                String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
        return message.replaceFirst("^SyntaxError: ", "")
                .replaceFirst("^\\S+:\\d+:\\d+ ", "")
                .replaceFirst("^Invalid regular expression: ", "");
    }
}
