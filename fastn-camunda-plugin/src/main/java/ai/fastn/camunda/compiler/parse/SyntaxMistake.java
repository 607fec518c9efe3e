package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mistake that the parser found, and our words for it.
 *
 * @param reason the parser's name of the mistake
 * @param expected what should stand there; null when that is not one thing
 */
record SyntaxMistake(
        String reason, String message, @Nullable String expected, SourceSpan span) {

    private static final Pattern WORD = Pattern.compile("[\\p{IsAlphabetic}\\p{Digit}_$]+");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    /** {@code %s} is what stands at the place, or the first word that the parser's message quotes. */
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("MissingSemicolon", "A semicolon or a new line is missing before \"%s\"."),
            Map.entry("VarRedeclaration", "\"%s\" is declared twice in the same scope."),
            Map.entry("DuplicateExport", "\"%s\" is exported twice."),
            Map.entry("DuplicateDefaultExport", "The file has more than one default export."),
            Map.entry("IllegalBreakContinue", "\"%s\" stands outside of a loop it could mean."),
            Map.entry("IllegalReturn", "\"return\" stands outside of a function."),
            Map.entry("ModuleExportUndefined", "\"%s\" is exported, but nothing of that name is declared."),
            Map.entry("UnterminatedString", "The string that starts here has no end."),
            Map.entry("UnterminatedTemplate", "The template that starts here has no end."),
            Map.entry("UnterminatedComment", "The comment that starts here has no end."),
            Map.entry("UnterminatedRegExp", "The regular expression that starts here has no end."),
            Map.entry("StrictWith", "\"with\" does not exist in modules: read the properties by name."),
            Map.entry("StrictDelete", "A variable can not be deleted; only a property can."),
            Map.entry(
                    "AwaitNotInAsyncContext",
                    "\"await\" stands in a function that is not async: write async before it."),
            Map.entry(
                    "AwaitExpressionFormalParameter",
                    "\"await\" can not stand in the parameters of an async function."),
            Map.entry("LabelRedeclaration", "The label \"%s\" is used twice, one inside the other."),
            Map.entry("DeclarationMissingInitializer", "\"const\" and patterns need a value: write = and the value."),
            Map.entry("InvalidLhs", "Only a variable, a property or a pattern can be assigned to."),
            Map.entry("StrictNumericEscape", "Octal escapes do not exist in modules: write \\x or \\u."),
            Map.entry("StrictOctalLiteral", "Octal numbers start with 0o: a leading 0 has no meaning in modules."),
            Map.entry("StrictEvalArguments", "\"eval\" and \"arguments\" can not be names of variables in modules."),
            Map.entry("MissingPlugin", "This syntax is not part of JavaScript."),
            Map.entry("MissingOneOfPlugins", "This syntax is not part of JavaScript."),
            Map.entry("HtmlComment", "HTML comments do not exist in modules: write //."),
            Map.entry("UnexpectedReservedWord", "\"%s\" is a reserved word and can not be a name."),
            Map.entry("UnexpectedKeyword", "\"%s\" is a reserved word and can not be a name."));

    Diagnostic in(SourceText source) {
        String found = found(source.text());
        SourceSpan place = span.length() > 0 ? span : new SourceSpan(span.start(), span.start() + found.length());
        DiagnosticKind kind = reason.equals("TypeScript") ? DiagnosticKind.TYPESCRIPT : DiagnosticKind.SYNTAX;
        return Diagnostic.of(kind, place, sentence(found));
    }

    private String sentence(String found) {
        if (reason.equals("UnexpectedToken")) {
            return unexpected(found);
        }
        Matcher quoted = QUOTED.matcher(message);
        String named = reason.startsWith("Illegal")
                        || reason.startsWith("Missing")
                        || reason.equals("InvalidLhs")
                        || !quoted.find()
                ? found
                : quoted.group(1);
        String own = SENTENCES.get(reason);
        String sentence = own == null ? inOurWords() : own.replace("%s", named);
        return sentence;
    }

    private String inOurWords() {
        String sentence = message.endsWith(".") ? message : message + ".";
        return sentence.replace('\'', '"').replaceFirst("^Invalid (.*)[.]$", "This $1 can not be read.");
    }

    private String unexpected(String found) {
        if (found.isEmpty()) {
            return expected == null
                    ? "The file ends in the middle of a statement."
                    : "The file ends where \"" + expected + "\" is expected.";
        }
        return expected == null
                ? "\"" + found + "\" can not stand here."
                : "\"" + found + "\" stands where \"" + expected + "\" is expected.";
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
