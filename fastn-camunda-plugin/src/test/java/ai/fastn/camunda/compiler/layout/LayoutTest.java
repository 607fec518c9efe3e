package ai.fastn.camunda.compiler.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@code docs/layout.md}, on handwritten and on random graphs. */
class LayoutTest {

    static final Path DIAGRAMS = Path.of("target", "diagrams");

    static Stream<String> names() {
        return Sketches.graphs().keySet().stream();
    }

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aHandwrittenGraphHasNoFaultInEitherOrientation(String name) throws IOException {
        for (Orientation orientation : Orientation.values()) {
            BpmnModelInstance model = Sketches.named(name);
            Layout.addDiagram(model, orientation);
            Path folder = Files.createDirectories(DIAGRAMS.resolve(orientation.name()));
            Files.writeString(folder.resolve(name + ".bpmn"), Bpmn.convertToString(model));
            assertThat(Geometry.of(model).faults()).as(orientation.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRandomProgramHasNoFaultInEitherOrientation(long seed) {
        for (Orientation orientation : Orientation.values()) {
            BpmnModelInstance model = RandomProgram.of(seed, 40);
            Layout.addDiagram(model, orientation);
            assertThat(Geometry.of(model).faults()).as(orientation.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aGraphWithoutStructureHasNoFaultInEitherOrientation(long seed) {
        for (Orientation orientation : Orientation.values()) {
            BpmnModelInstance model = RandomGraph.of(seed, 24);
            Layout.addDiagram(model, orientation);
            assertThat(Geometry.of(model).faults()).as(orientation.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameGraphGivesTheSameBytes(Orientation orientation) {
        assertThat(drawn(RandomProgram.of(7, 60), orientation)).isEqualTo(drawn(RandomProgram.of(7, 60), orientation));
    }

    @Test
    void aDiagramIsReplacedNotDoubled() {
        BpmnModelInstance model = Sketches.named("try");
        Layout.addDiagram(model);
        String once = Bpmn.convertToString(model);
        Layout.addDiagram(model);
        assertThat(Bpmn.convertToString(model)).isEqualTo(once);
    }

    @Test
    void twoHundredNodesTakeLessThanTwoSeconds() {
        BpmnModelInstance model = Sketches.named("two-hundred-nodes");
        // The time of the processor, not of the wall: other work on the machine does not count.
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long begin = clock.getCurrentThreadCpuTime();
        Layout.addDiagram(model);
        assertThat(Duration.ofNanos(clock.getCurrentThreadCpuTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    private static String drawn(BpmnModelInstance model, Orientation orientation) {
        Layout.addDiagram(model, orientation);
        return Bpmn.convertToString(model);
    }
}
