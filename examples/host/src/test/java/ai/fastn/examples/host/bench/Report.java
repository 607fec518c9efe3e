package ai.fastn.examples.host.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Table and JSON of all rounds. */
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final ObjectNode json = JSON.createObjectNode();
    private final StringBuilder table = new StringBuilder();

    Report(Map<Workload, List<Round>> measured) {
        json.put("java", Runtime.version().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        ArrayNode rows = json.putArray("rows");
        line("row", "workload", "against", "ratio", "rounds", "target");
        for (Row row : Row.ALL) {
            List<Round> rounds = measured.get(row.workload());
            if (rounds != null) {
                add(row, rounds, rows.addObject());
            }
        }
        json.set("figures", JSON.valueToTree(measured));
    }

    private void add(Row row, List<Round> rounds, ObjectNode node) {
        List<Double> ratios =
                rounds.stream().mapToDouble(row.ratio()).sorted().boxed().toList();
        double ratio = Round.median(ratios);
        boolean met = row.met().test(Round.medians(rounds));
        node.put("row", row.name()).put("workload", row.workload().words()).put("against", row.against());
        node.put("ratio", rounded(ratio)).put("target", row.target()).put("met", met);
        ArrayNode each = node.putArray("rounds");
        for (double one : ratios) {
            each.add(rounded(one));
        }
        line(
                row.name(),
                row.workload().words(),
                row.against(),
                shown(ratio),
                shown(ratios.get(0)) + ".." + shown(ratios.get(ratios.size() - 1)),
                row.target() + (met ? "" : "  MISSED"));
    }

    private void line(String... cells) {
        table.append(String.format(Locale.ROOT, "%-13s%-50s%-44s%8s  %-14s%s%n", (Object[]) cells));
    }

    private static double rounded(double ratio) {
        return Math.round(ratio * 1_000) / 1_000.0;
    }

    private static String shown(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Prints the table and writes the JSON. */
    void publish(Path file) throws IOException {
        System.out.print(table);
        Files.createDirectories(file.toAbsolutePath().getParent());
        JSON.writeValue(file.toFile(), json);
        System.out.println("Written to " + file);
    }
}
