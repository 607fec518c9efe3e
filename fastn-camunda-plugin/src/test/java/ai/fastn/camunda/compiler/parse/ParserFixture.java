package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.DiagnosticText;
import ai.fastn.camunda.diagnostic.SourceText;

/** One parser for all tests of a run. */
public final class ParserFixture {

    private static final ScriptParser PARSER = new ScriptParser();

    private ParserFixture() {}

    public static Parsed parse(SourceText source) {
        return PARSER.parse(source);
    }

    /** The script of a JavaScript text that must be accepted. */
    public static Script javaScript(String text) {
        return accepted(new SourceText("workflow.js", text));
    }

    /** The script of a TypeScript text that must be accepted. */
    public static Script typeScript(String text) {
        return accepted(new SourceText("workflow.ts", text));
    }

    /** What is said about a JavaScript text that must be rejected. */
    public static String mistakesOf(String text) {
        SourceText source = new SourceText("workflow.js", text);
        if (parse(source) instanceof Parsed.Rejected rejected) {
            return new DiagnosticText(source).of(rejected.diagnostics());
        }
        throw new AssertionError("accepted: " + text.substring(0, Math.min(200, text.length())));
    }

    private static Script accepted(SourceText source) {
        Parsed parsed = parse(source);
        if (parsed instanceof Parsed.Rejected rejected) {
            throw new AssertionError(new DiagnosticText(source).of(rejected.diagnostics()));
        }
        return ((Parsed.Accepted) parsed).script();
    }
}
