package ai.fastn.camunda.compiler.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * Finds brackets that nest too deeply without parsing: the parser would need its whole stack and many seconds to say
 * the same. Strings, comments and templates are known; a regular expression is guessed from what stands before it,
 * which is good enough for a limit that nobody comes near.
 */
final class BracketScan {

    private static final String BEFORE_REGULAR_EXPRESSION = "(,=:[!&|?{};+-*%~^<>";

    private final String text;
    private final Deque<Character> open = new ArrayDeque<>();
    private char before = ';';
    private int at;

    private BracketScan(String text) {
        this.text = text;
    }

    /** The offset of the first bracket that has more than {@code limit} open ones before it. */
    static OptionalInt deeperThan(String text, int limit) {
        BracketScan scan = new BracketScan(text);
        while (scan.at < text.length()) {
            scan.step();
            if (scan.open.size() > limit) {
                return OptionalInt.of(scan.at - 1);
            }
        }
        return OptionalInt.empty();
    }

    private void step() {
        char c = text.charAt(at);
        if (c == '/' && isNext('/')) {
            at = endOf("\n", at);
        } else if (c == '/' && isNext('*')) {
            at = endOf("*/", at + 2);
        } else if (c == '"' || c == '\'' || (c == '/' && BEFORE_REGULAR_EXPRESSION.indexOf(before) >= 0)) {
            skipQuoted(c);
            before = '"';
        } else if (c == '`') {
            skipTemplate();
        } else if (c == '}' && !open.isEmpty() && open.peek() == '`') {
            open.pop();
            skipTemplate();
        } else {
            bracket(c);
            at++;
            before = Character.isWhitespace(c) ? before : c;
        }
    }

    private void bracket(char c) {
        if (c == '(' || c == '[' || c == '{') {
            open.push(c);
        } else if ((c == ')' || c == ']' || c == '}') && !open.isEmpty()) {
            open.pop();
        }
    }

    private boolean isNext(char c) {
        return at + 1 < text.length() && text.charAt(at + 1) == c;
    }

    private int endOf(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    /** To behind the closing quote; a line end closes too, since then it was no quote. */
    private void skipQuoted(char quote) {
        boolean inClass = false;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (quote == '/' && (c == '[' || c == ']')) {
                inClass = c == '[';
            } else if (c == '\n' || (c == quote && !inClass)) {
                at++;
                return;
            }
        }
    }

    /** From a backtick, or a closing brace in a template, to its end or to the next expression in it. */
    private void skipTemplate() {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '`') {
                break;
            } else if (c == '$' && isNext('{')) {
                open.push('`');
                at++;
                break;
            }
        }
        at++;
        before = open.isEmpty() || open.peek() != '`' ? '"' : '{';
    }
}
