package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mistake that the parser found, and our words for it.
 *
 * @param reason the parser's name of the mistake
 * @param instead what to write instead where the parser says it; else null
 * @param expected what should stand there; null when that is not one thing
 */
record SyntaxMistake(
        String reason,
        String message,
        @Nullable String instead,
        @Nullable String expected,
        SourceSpan span) {

    private static final Pattern WORD = Pattern.compile("[\\p{IsAlphabetic}\\p{Digit}_$]+");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    Diagnostic in(SourceText source) {
        String found = found(source.text());
        SourceSpan place = span.length() > 0 ? span : new SourceSpan(span.start(), span.start() + found.length());
        DiagnosticKind kind = reason.equals("TypeScript") ? DiagnosticKind.TYPESCRIPT : DiagnosticKind.SYNTAX;
        SyntaxWords words = words(found);
        return Diagnostic.of(kind, place, words.sentence(), words.instead());
    }

    private SyntaxWords words(String found) {
        if (instead != null) {
            return new SyntaxWords(message, instead);
        }
        if (reason.equals("UnexpectedToken")) {
            return SyntaxWords.unexpected(found, expected);
        }
        Matcher quoted = QUOTED.matcher(message);
        String named = reason.startsWith("Illegal")
                        || reason.startsWith("Missing")
                        || reason.equals("InvalidLhs")
                        || !quoted.find()
                ? found
                : quoted.group(1);
        return SyntaxWords.of(reason, message, named);
    }

    /** The word or the character at the place; empty at the end of the text. */
    private String found(String text) {
        if (span.start() >= text.length()) {
            return "";
        }
        Matcher word = WORD.matcher(text);
        if (word.region(span.start(), text.length()).lookingAt()) {
            return word.group();
        }
        return text.substring(span.start(), span.start() + Character.charCount(text.codePointAt(span.start())));
    }
}
