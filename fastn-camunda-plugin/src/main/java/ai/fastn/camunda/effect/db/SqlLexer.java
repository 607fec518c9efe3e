package ai.fastn.camunda.effect.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes PostgreSQL's SQL apart far enough to tell words from texts and comments, and writes it again as the driver
 * wants it: comments dropped, {@code $1} as {@code ?}, a literal {@code ?} doubled.
 */
final class SqlLexer {

    /** Operators and punctuation; braces are missing because the driver would read them as JDBC escapes. */
    private static final String OPERATORS = "+-*/<>=~!@#%^&|`()[],.:";

    private final String sql;
    private final StringBuilder jdbc = new StringBuilder();
    private final List<Word> words = new ArrayList<>();
    private final List<Integer> parameters = new ArrayList<>();
    private int at;
    private boolean ended;

    /** An identifier or keyword; unquoted ones in lower case. */
    record Word(String text, boolean quoted) {

        boolean is(String keyword) {
            return !quoted && text.equals(keyword);
        }
    }

    SqlLexer(String sql) {
        this.sql = sql;
    }

    /** Reads the whole text. */
    void read() {
        while (at < sql.length()) {
            if (!skipSpaceOrComment()) {
                if (ended) {
                    throw SqlGate.refused("there is text after the \";\"; one call performs one statement");
                }
                token();
            }
        }
    }

    String jdbc() {
        return jdbc.toString();
    }

    List<Word> words() {
        return words;
    }

    List<Integer> parameters() {
        return parameters;
    }

    private boolean skipSpaceOrComment() {
        int start = at;
        if (Character.isWhitespace(sql.charAt(at))) {
            at++;
        } else if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end;
        } else if (sql.startsWith("/*", at)) {
            blockComment();
        }
        if (at > start) {
            jdbc.append(' ');
        }
        return at > start;
    }

    /** Comments nest. */
    private void blockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (at >= sql.length()) {
                throw SqlGate.refused("a comment is not closed");
            } else {
                at++;
            }
        } while (depth > 0);
    }

    private void token() {
        char c = sql.charAt(at);
        if (c == ';') {
            ended = true;
            at++;
        } else if (c == '\'') {
            quoted('\'', false);
        } else if (c == '"') {
            int start = at;
            quoted('"', false);
            words.add(new Word(sql.substring(start + 1, at - 1).replace("\"\"", "\""), true));
        } else if (c == '$') {
            dollar();
        } else if (c == '?') {
            jdbc.append("??");
            at++;
        } else if (isWordStart(c)) {
            word();
        } else if (Character.isDigit(c) || OPERATORS.indexOf(c) >= 0) {
            jdbc.append(c);
            at++;
        } else {
            throw SqlGate.refused("character " + describe(c) + " is not part of SQL");
        }
    }

    /** A text or name in quotes, a doubled quote inside being one character. */
    private void quoted(char quote, boolean escapes) {
        int start = at++;
        while (true) {
            if (at >= sql.length()) {
                throw SqlGate.refused("a text or name in quotes is not closed");
            }
            char c = sql.charAt(at++);
            if (c == '\\' && escapes) {
                at++;
            } else if (c == quote && at < sql.length() && sql.charAt(at) == quote) {
                at++;
            } else if (c == quote) {
                break;
            }
        }
        jdbc.append(sql, start, at);
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        String word = sql.substring(start, at);
        char next = at < sql.length() ? sql.charAt(at) : ' ';
        boolean unicode = word.equalsIgnoreCase("u") && next == '&' && at + 1 < sql.length();
        if (unicode && (sql.charAt(at + 1) == '\'' || sql.charAt(at + 1) == '"')) {
            throw SqlGate.refused("U& texts and names are not supported; write the characters themselves");
        }
        jdbc.append(word);
        if (next == '\'' && word.length() == 1 && "eEbBxXnN".contains(word)) {
            quoted('\'', word.equalsIgnoreCase("e"));
        } else {
            words.add(new Word(word.toLowerCase(Locale.ROOT), false));
        }
    }

    /** {@code $1}, or a text between {@code $tag$} and {@code $tag$}. */
    private void dollar() {
        int end = at + 1;
        while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
            end++;
        }
        if (end > at + 1) {
            parameters.add(SqlGate.parameterNumber(sql.substring(at + 1, end)));
            jdbc.append('?');
            at = end;
            return;
        }
        while (end < sql.length() && sql.charAt(end) != '$' && isWordPart(sql.charAt(end))) {
            end++;
        }
        if (end >= sql.length() || sql.charAt(end) != '$') {
            throw SqlGate.refused("\"$\" begins neither a parameter such as $1 nor a text such as $$...$$");
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        if (close < 0) {
            throw SqlGate.refused("a text in " + tag + " is not closed");
        }
        jdbc.append(sql, at, close + tag.length());
        at = close + tag.length();
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || (c >= '0' && c <= '9') || c == '$';
    }

    private static String describe(char c) {
        return c > 0x20 && c < 0x7f ? "\"" + c + "\"" : String.format(Locale.ROOT, "U+%04X", (int) c);
    }
}
