package ai.fastn.examples.host.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the peers measured of one workload in one round; names are {@code <peer>.<figure>}. */
record Round(Map<String, Double> figures) {

    double get(String name) {
        Double figure = figures.get(name);
        if (figure == null) {
            throw new IllegalStateException("nobody measured " + name + " among " + figures.keySet());
        }
        return figure;
    }

    /** The median of each figure. */
    static Round medians(List<Round> rounds) {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String name : rounds.get(0).figures.keySet()) {
            medians.put(
                    name, median(rounds.stream().map(round -> round.get(name)).toList()));
        }
        return new Round(medians);
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
