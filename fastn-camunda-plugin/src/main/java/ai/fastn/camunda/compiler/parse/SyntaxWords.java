package ai.fastn.camunda.compiler.parse;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our words for what the parser says.
 *
 * @param sentence what is wrong
 * @param instead what to write instead
 */
record SyntaxWords(String sentence, String instead) {

    private static final String CORRECT = "complete or remove what the caret marks.";

    /** By the parser's name of the mistake; {@code %s} is what stands at the place or what the parser quotes. */
    private static final Map<String, SyntaxWords> KNOWN = Map.ofEntries(
            Map.entry(
                    "MissingSemicolon",
                    new SyntaxWords(
                            "A semicolon or a new line is missing before \"%s\".",
                            "end the statement before it with ; or put an operator between the two.")),
            Map.entry(
                    "VarRedeclaration",
                    new SyntaxWords(
                            "\"%s\" is declared twice in the same scope.", "give one of the two another name.")),
            Map.entry(
                    "DuplicateExport", new SyntaxWords("\"%s\" is exported twice.", "remove one of the two exports.")),
            Map.entry(
                    "DuplicateDefaultExport",
                    new SyntaxWords(
                            "The file has more than one default export.",
                            "keep the function that is the workflow, and write the others without export default.")),
            Map.entry(
                    "IllegalBreakContinue",
                    new SyntaxWords(
                            "\"%s\" stands outside of a loop it could mean.",
                            "leave a function with return; put break and continue into a loop, with the label of one around them.")),
            Map.entry(
                    "IllegalReturn",
                    new SyntaxWords(
                            "\"return\" stands outside of a function.",
                            "move it into the function whose value it gives; check the closing braces above.")),
            Map.entry(
                    "ModuleExportUndefined",
                    new SyntaxWords(
                            "\"%s\" is exported, but nothing of that name is declared.",
                            "declare it in this file, or remove it from the export.")),
            Map.entry(
                    "UnterminatedString",
                    new SyntaxWords(
                            "The string that starts here has no end.",
                            "close it with the same quote on the same line; text of several lines goes between backticks.")),
            Map.entry(
                    "UnterminatedTemplate",
                    new SyntaxWords("The template that starts here has no end.", "close it with a backtick.")),
            Map.entry(
                    "UnterminatedComment",
                    new SyntaxWords("The comment that starts here has no end.", "close it with */.")),
            Map.entry(
                    "UnterminatedRegExp",
                    new SyntaxWords(
                            "The regular expression that starts here has no end.",
                            "close it with / on the same line; a / in it is written \\/.")),
            Map.entry(
                    "StrictWith",
                    new SyntaxWords(
                            "\"with\" does not exist in modules.",
                            "read the properties by name: const { a, b } = object;")),
            Map.entry(
                    "StrictDelete",
                    new SyntaxWords("A variable can not be deleted; only a property can.", "set it to undefined.")),
            Map.entry(
                    "AwaitNotInAsyncContext",
                    new SyntaxWords(
                            "\"await\" stands in a function that is not async.",
                            "write async before the function, and await where it is called.")),
            Map.entry(
                    "AwaitExpressionFormalParameter",
                    new SyntaxWords(
                            "\"await\" can not stand in the parameters of an async function.",
                            "wait in the body: if (a === undefined) a = await ...")),
            Map.entry(
                    "LabelRedeclaration",
                    new SyntaxWords(
                            "The label \"%s\" is used twice, one inside the other.",
                            "give the inner one another name.")),
            Map.entry(
                    "DeclarationMissingInitializer",
                    new SyntaxWords(
                            "\"const\" and patterns need a value.", "write = and the value, or let and a name.")),
            Map.entry(
                    "InvalidLhs",
                    new SyntaxWords(
                            "Only a variable, a property or a pattern can be assigned to.",
                            "compare with ===, or assign to a name.")),
            Map.entry(
                    "StrictNumericEscape",
                    new SyntaxWords("Octal escapes do not exist in modules.", "write \\x and two hexadecimal digits.")),
            Map.entry(
                    "StrictOctalLiteral",
                    new SyntaxWords(
                            "A leading 0 has no meaning in modules.",
                            "write 0o755 for an octal number, 755 for a decimal one.")),
            Map.entry(
                    "StrictEvalArguments",
                    new SyntaxWords(
                            "\"eval\" and \"arguments\" can not be names of variables in modules.",
                            "take another name.")),
            Map.entry(
                    "UnsupportedParameterDecorator",
                    new SyntaxWords(
                            "A parameter can not have a decorator.",
                            "decorate the method or the class: what TypeScript does with experimentalDecorators is no part of JavaScript.")),
            Map.entry("Markup", notJavaScript()),
            Map.entry("MissingPlugin", notJavaScript()),
            Map.entry("MissingOneOfPlugins", notJavaScript()),
            Map.entry(
                    "HtmlComment",
                    new SyntaxWords("HTML comments do not exist in modules.", "start the comment with //.")),
            Map.entry("UnexpectedReservedWord", reserved()),
            Map.entry("UnexpectedKeyword", reserved()));

    private static SyntaxWords notJavaScript() {
        return new SyntaxWords(
                "This syntax is not part of JavaScript.",
                "put markup into a string; types and generics into a file that ends with .ts.");
    }

    private static SyntaxWords reserved() {
        return new SyntaxWords("\"%s\" is a reserved word and can not be a name.", "take another name.");
    }

    /**
     * The words for a mistake.
     *
     * @param message the parser's own
     * @param named what the sentence is about
     */
    static SyntaxWords of(String reason, String message, String named) {
        SyntaxWords known = KNOWN.get(reason);
        if (known != null) {
            return new SyntaxWords(known.sentence.replace("%s", named), known.instead);
        }
        String sentence = message.endsWith(".") ? message : message + ".";
        return new SyntaxWords(
                sentence.replace('\'', '"').replaceFirst("^Invalid (.*)[.]$", "This $1 can not be read."), CORRECT);
    }

    /** The engine refuses what the parser lets pass: in its own words. */
    static SyntaxWords ofEngine(String message) {
        return new SyntaxWords(message + ".", CORRECT);
    }

    /** Something stands where something else, {@code expected} if that is one thing, should. */
    static SyntaxWords unexpected(String found, @Nullable String expected) {
        if (found.isEmpty()) {
            return expected == null
                    ? new SyntaxWords(
                            "The file ends in the middle of a statement.",
                            "write what is missing: the rest of the statement, a closing bracket or brace.")
                    : new SyntaxWords(
                            "The file ends where \"" + expected + "\" is expected.",
                            "write \"" + expected + "\" here.");
        }
        return expected == null
                ? new SyntaxWords(
                        "\"" + found + "\" can not stand here.", "remove it, or complete what stands before it.")
                : new SyntaxWords(
                        "\"" + found + "\" stands where \"" + expected + "\" is expected.",
                        "write \"" + expected + "\" before it, or complete what stands before it.");
    }
}
