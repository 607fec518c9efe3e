package ai.fastn.camunda.effect.connector.declaration;

import java.util.List;

/** Writes comments whose text can not end them. */
final class Comment {

    private Comment() {}

    /** The lines of a text that are not blank, as a comment; nothing where there are none. */
    static void write(String indent, String text, StringBuilder to) {
        List<String> lines = text.replace("*/", "*\\/")
                .lines()
                .flatMap(
                        line -> line.replaceAll("[\\u2028\\u2029]", " ").strip().lines())
                .filter(line -> !line.isBlank())
                .toList();
        if (lines.size() == 1) {
            to.append(indent).append("/** ").append(lines.get(0)).append(" */\n");
        } else if (!lines.isEmpty()) {
            to.append(indent).append("/**\n");
            lines.forEach(line -> to.append(indent).append(" * ").append(line).append('\n'));
            to.append(indent).append(" */\n");
        }
    }
}
