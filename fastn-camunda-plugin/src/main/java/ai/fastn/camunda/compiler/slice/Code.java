package ai.fastn.camunda.compiler.slice;

import java.util.regex.Pattern;

/** Small rules of writing statements. */
final class Code {

    /** What makes a parser read something else than an expression. */
    private static final Pattern NO_EXPRESSION =
            Pattern.compile("(?:\\{|(?:async\\s+)?function\\b|class\\b|let\\s*\\[).*", Pattern.DOTALL);

    private Code() {}

    /** A statement that ends with a semicolon, so that whatever follows can not be read as part of it. */
    static String statement(String text) {
        String stripped = text.stripTrailing();
        return stripped.endsWith(";") ? stripped : stripped + ";";
    }

    /** An expression as a statement of its own. */
    static String expression(String text) {
        return NO_EXPRESSION.matcher(text).matches() ? "(" + text + ");" : text + ";";
    }
}
