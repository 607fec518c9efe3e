package ai.fastn.camunda.compiler.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A small program that aims at one rule.
 *
 * @param title what it shows
 * @param source the whole file
 * @param inputs {@code ctx.input} of each run, as JSON; empty text for none
 * @param nodes how many READ and WRITE nodes its process has, when the rule says so
 */
public record TestProgram(String title, String source, List<String> inputs, OptionalInt nodes) {

    private static final String MARK = "// === ";

    /** The programs of a file: each begins with {@code // === title}, its inputs and figures are comments. */
    public static List<TestProgram> parse(String file) {
        List<TestProgram> programs = new ArrayList<>();
        for (String section : Pattern.compile("(?m)^(?=" + MARK + ")").split(file, -1)) {
            if (section.startsWith(MARK)) {
                programs.add(one(section));
            }
        }
        return programs;
    }

    private static TestProgram one(String section) {
        List<String> inputs = new ArrayList<>();
        OptionalInt nodes = OptionalInt.empty();
        StringBuilder body = new StringBuilder();
        String title = "";
        for (String line : section.lines().toList()) {
            if (line.startsWith(MARK)) {
                title = line.substring(MARK.length());
            } else if (line.startsWith("// input: ")) {
                inputs.add(line.substring("// input: ".length()));
            } else if (line.startsWith("// nodes: ")) {
                nodes = OptionalInt.of(Integer.parseInt(line.substring("// nodes: ".length())));
            } else {
                body.append(line).append('\n');
            }
        }
        String text = body.toString();
        String source = text.contains("export default")
                ? text
                : "const p = fastn.connector.probe;\nexport default async function (ctx) {\n" + text + "}\n";
        return new TestProgram(title, source, inputs.isEmpty() ? List.of("") : inputs, nodes);
    }

    @Override
    public String toString() {
        return title;
    }
}
