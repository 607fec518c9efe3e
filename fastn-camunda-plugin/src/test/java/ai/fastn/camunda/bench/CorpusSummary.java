package ai.fastn.camunda.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the verdicts on a corpus. */
final class CorpusSummary {

    private final long began = System.nanoTime();
    private final Map<String, Integer> verdicts = new TreeMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<String, Long> sums = new TreeMap<>();
    private int files;
    private int engineFaults;

    void add(JsonNode verdict) {
        files++;
        engineFaults += verdict.path("engineFault").asBoolean() ? 1 : 0;
        verdicts.merge(verdict.path("verdict").asText(), 1, Integer::sum);
        for (String figure : new String[] {"effects", "ownNodes", "steps", "runs", "crashes", "crashPoints"}) {
            sums.merge(figure, verdict.path(figure).asLong(), Long::sum);
        }
        verdict.path("fusedBecause")
                .forEach(reason ->
                        reasons.merge(reason.asText().replaceFirst("^not said: .*", "not said"), 1, Integer::sum));
    }

    /** One line of JSON. */
    ObjectNode json() {
        ObjectNode line = Replies.JSON.createObjectNode().put("summary", true).put("files", files);
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            line.put(name, verdicts.getOrDefault(name, 0));
        }
        line.put("engineFaults", engineFaults);
        sums.forEach(line::put);
        line.put("ownNodesPercent", percent());
        ObjectNode why = line.putObject("filesFusedBecause");
        reasons.forEach(why::put);
        return line.put("millis", (System.nanoTime() - began) / 1_000_000);
    }

    private double percent() {
        long effects = sums.getOrDefault("effects", 0L);
        return effects == 0 ? 100 : Math.round(1000.0 * sums.getOrDefault("ownNodes", 0L) / effects) / 10.0;
    }
}
