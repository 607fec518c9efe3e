package ai.fastn.camunda.compiler.layout;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.bpmn.BpmnReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.Test;

/**
 * Every fixture, every example and every handwritten graph in both orientations: nothing that must not be, and nothing
 * worse than the baseline says. Written anew with {@code -Dgolden=update}; its diff shows what a change costs or gains.
 */
class LayoutQualityTest {

    private static final Path BASELINE = Path.of("src", "test", "resources", "layout", "baseline.txt");
    private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");
    private static final Path SAMPLES = Path.of("..", "bpmn-templates", "examples");

    /** What is counted, the less the better; area in 1,000 square pixels, length in pixels along the flow. */
    private record Measures(int crossings, int bends, int crossedLabels, long area, long length) {

        static Measures of(Geometry geometry, Orientation orientation) {
            Extent size = geometry.size();
            return new Measures(
                    geometry.crossings(),
                    geometry.bends(),
                    geometry.crossedLabels(),
                    Math.round(size.along() * size.across() / 1000),
                    Math.round(orientation == Orientation.LEFT_TO_RIGHT ? size.along() : size.across()));
        }

        static Measures parse(String text) {
            String[] numbers = text.replaceAll("[^0-9]+", " ").strip().split(" ", -1);
            return new Measures(
                    Integer.parseInt(numbers[0]),
                    Integer.parseInt(numbers[1]),
                    Integer.parseInt(numbers[2]),
                    Long.parseLong(numbers[3]),
                    Long.parseLong(numbers[4]));
        }

        boolean isNoWorseThan(Measures other) {
            return crossings <= other.crossings
                    && bends <= other.bends
                    && crossedLabels <= other.crossedLabels
                    && area <= other.area
                    && length <= other.length;
        }

        @Override
        public String toString() {
            return crossings + " crossings, " + bends + " bends, " + crossedLabels + " crossed labels, area " + area
                    + ", length " + length;
        }
    }

    @Test
    void everyDiagramIsWithoutFaultAndNoWorseThanTheBaseline() throws IOException {
        Map<String, Measures> measured = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (Orientation orientation : Orientation.values()) {
            graphs().forEach((name, graph) -> {
                BpmnModelInstance model = graph.get();
                Layout.addDiagram(model, orientation);
                Geometry geometry = Geometry.of(model);
                geometry.faults().forEach(fault -> faults.add(name + " " + orientation + ": " + fault));
                measured.put(name + " " + orientation, Measures.of(geometry, orientation));
            });
        }
        assertThat(faults).isEmpty();
        if ("update".equals(System.getProperty("golden"))) {
            Files.write(
                    BASELINE,
                    measured.entrySet().stream()
                            .map(each -> each.getKey() + ": " + each.getValue())
                            .toList());
        }
        Map<String, Measures> baseline = baseline();
        assertThat(measured.keySet()).isEqualTo(baseline.keySet());
        assertThat(measured)
                .allSatisfy((name, now) -> assertThat(now)
                        .as(name + ", baseline " + baseline.get(name))
                        .matches(measures -> measures.isNoWorseThan(Objects.requireNonNull(baseline.get(name)))));
    }

    private static Map<String, Measures> baseline() throws IOException {
        Map<String, Measures> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(BASELINE)) {
            String[] parts = line.split(": ", 2);
            lines.put(parts[0], Measures.parse(parts[1]));
        }
        return lines;
    }

    private static Map<String, Supplier<BpmnModelInstance>> graphs() throws IOException {
        Map<String, Supplier<BpmnModelInstance>> graphs = new LinkedHashMap<>();
        Sketches.graphs().keySet().forEach(name -> graphs.put("graph " + name, () -> Sketches.named(name)));
        for (Path file : files()) {
            String folder =
                    Objects.requireNonNull(file.getParent()).getFileName().toString();
            String name = file.startsWith(SAMPLES) ? "sample " + file.getFileName() : "fixture " + folder;
            graphs.merge(name, () -> read(file), (one, other) -> one);
        }
        return graphs;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> fixtures = Files.walk(FIXTURES);
                Stream<Path> samples = Files.walk(SAMPLES)) {
            return Stream.concat(fixtures, samples)
                    .filter(file -> file.toString().endsWith(".bpmn"))
                    .sorted()
                    .toList();
        }
    }

    private static BpmnModelInstance read(Path file) {
        try {
            return BpmnReader.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
