package ai.fastn.camunda.flow;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Text of others inside Markdown: it stays text, whatever characters it has. */
final class Markdown {

    private Markdown() {}

    /** One line of text: no character of it is markup or HTML. */
    static String text(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.replaceAll("[\\\\`*_{}\\[\\]#|~!^$]", "\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("^([-+=])", "\\\\$1")
                .replaceAll("^(\\d+)([.)])", "$1\\\\$2");
    }

    /** Several lines of text, in paragraphs where blank lines part them. */
    static String paragraphs(String text) {
        return Arrays.stream(text.split("\\R", -1)).map(Markdown::text).collect(Collectors.joining("\n"));
    }

    /** Inline code. */
    static String code(String code) {
        String line = code.strip().replaceAll("\\s+", " ");
        String fence = "`".repeat(longestRun(line) + 1);
        String space = line.startsWith("`") || line.endsWith("`") ? " " : "";
        return line.isEmpty() ? "" : fence + space + line + space + fence;
    }

    /** A block of code. */
    static String block(String language, String code) {
        String fence = "`".repeat(Math.max(3, longestRun(code) + 1));
        return fence + language + "\n" + code.stripTrailing() + "\n" + fence + "\n";
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
