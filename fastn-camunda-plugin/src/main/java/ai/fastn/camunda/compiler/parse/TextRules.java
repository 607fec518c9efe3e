package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a text must be besides code: not too long, not too deep, and of characters that XML can hold. */
final class TextRules {

    /** In characters; as long as a source may be that the REST interface takes. */
    static final int LIMIT = 1 << 20;

    private static final int ENOUGH = 20;

    /** Characters that are blanks in JavaScript and that a process can not hold: form feed and vertical tab. */
    private static final String BLANKS = "\f\u000B";

    private TextRules() {}

    /** What makes a text too large or too deep to be read. */
    static List<Diagnostic> check(SourceText source, int maxDepth) {
        String text = source.text();
        if (text.length() > LIMIT) {
            return List.of(Diagnostic.of(DiagnosticKind.SOURCE_TOO_LARGE, new SourceSpan(0, 1), text.length(), LIMIT));
        }
        OptionalInt deep = BracketScan.deeperThan(text, maxDepth);
        return deep.isEmpty()
                ? List.of()
                : List.of(tooDeep(new SourceSpan(deep.getAsInt(), deep.getAsInt() + 1), maxDepth));
    }

    /** The characters of a text that can not be read which may be the reason, the first few. */
    static List<Diagnostic> characters(String text) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (int at = 0; at < text.length() && diagnostics.size() < ENOUGH; ) {
            int character = text.codePointAt(at);
            int length = Character.charCount(character);
            if (!isXml(character) && BLANKS.indexOf(character) < 0) {
                diagnostics.add(Diagnostic.of(
                        DiagnosticKind.CHARACTER,
                        new SourceSpan(at, at + length),
                        String.format("%04X", character),
                        String.format("\\u%04x", character)));
            }
            at += length;
        }
        return diagnostics;
    }

    static Diagnostic tooDeep(SourceSpan place, int maxDepth) {
        return Diagnostic.of(DiagnosticKind.NESTED_TOO_DEEPLY, place, maxDepth);
    }

    /** The characters of XML 1.0; a lone surrogate is none. */
    private static boolean isXml(int c) {
        boolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }

    /** The first node below which the tree is deeper than {@code limit}. */
    static Optional<Node> deeperThan(Node node, int limit) {
        if (limit == 0) {
            return Optional.of(node);
        }
        for (Node child : node.children()) {
            Optional<Node> deep = deeperThan(child, limit - 1);
            if (deep.isPresent()) {
                return deep;
            }
        }
        return Optional.empty();
    }
}
