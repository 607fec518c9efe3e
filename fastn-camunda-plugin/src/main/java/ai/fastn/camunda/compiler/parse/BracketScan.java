package ai.fastn.camunda.compiler.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * Finds code that nests too deeply without parsing: the parser would need its whole stack and many seconds to say the
 * same. Counts open brackets, and the words and operators of one line that no comma or semicolon parts, since each of
 * them may open a level: {@code !!!!x}. Strings, comments and templates are known; a regular expression is guessed from
 * what stands before it, which is good enough for limits that nobody comes near.
 */
final class BracketScan {

    private static final String BEFORE_REGULAR_EXPRESSION = "(,=:[!&|?{};+-*%~^<>";

    /** A line has that many words and operators for each level that it may have. */
    private static final int WORDS_PER_LEVEL = 4;

    private final String text;
    private final Deque<Character> open = new ArrayDeque<>();
    private final Deque<Integer> wordsAround = new ArrayDeque<>();
    private int words;
    private char before = ';';
    private int at;

    private BracketScan(String text) {
        this.text = text;
    }

    /** The offset of the first bracket that has more than {@code limit} open ones before it, or of a word too many. */
    static OptionalInt deeperThan(String text, int limit) {
        BracketScan scan = new BracketScan(text);
        while (scan.at < text.length()) {
            scan.step();
            if (scan.open.size() > limit || scan.words > limit * WORDS_PER_LEVEL) {
                return OptionalInt.of(Math.min(scan.at, text.length()) - 1);
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
            pop();
            skipTemplate();
        } else {
            bracket(c);
            word(c);
            at++;
            before = Character.isWhitespace(c) ? before : c;
        }
    }

    private void bracket(char c) {
        if (c == '(' || c == '[' || c == '{') {
            push(c);
        } else if ((c == ')' || c == ']' || c == '}') && !open.isEmpty()) {
            pop();
        }
    }

    private void push(char bracket) {
        open.push(bracket);
        wordsAround.push(words);
        words = 0;
    }

    private void pop() {
        open.pop();
        words = wordsAround.pop();
    }

    private void word(char c) {
        boolean parts = c == ';' || c == ',' || c == '\n';
        boolean inside = Character.isWhitespace(c) || (isPartOfName(c) && at > 0 && isPartOfName(text.charAt(at - 1)));
        if (parts) {
            words = 0;
        } else if (!inside) {
            words++;
        }
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
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
                push('`');
                at++;
                break;
            }
        }
        at++;
        before = open.isEmpty() || open.peek() != '`' ? '"' : '{';
    }
}
