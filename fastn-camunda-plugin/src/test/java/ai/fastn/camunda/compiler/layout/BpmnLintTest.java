package ai.fastn.camunda.compiler.layout;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.bpmn.BpmnGate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything we draw passes bpmnlint and a Modeler round trip without a finding. */
class BpmnLintTest {

    @TempDir
    Path folder;

    @Test
    void everyBpmnFileAmongTheTestResourcesIsClean() throws IOException {
        Path resources = Path.of("src", "test", "resources");
        long files;
        try (Stream<Path> all = Files.walk(resources)) {
            files = all.filter(file -> file.toString().endsWith(".bpmn")).count();
        }
        assertThat(files).isPositive();
        assertClean(resources, files);
    }

    @Test
    void theSamplesOfTheTemplatesAreClean() {
        assertClean(Path.of("..", "bpmn-templates", "examples"), 1);
    }

    @Test
    void everyHandwrittenGraphIsCleanInBothOrientations() throws IOException {
        int files = 0;
        for (Orientation orientation : Orientation.values()) {
            for (Map.Entry<String, BpmnModelInstance> sketch : Sketches.all().entrySet()) {
                Layout.addDiagram(sketch.getValue(), orientation);
                write(orientation + "-" + sketch.getKey(), sketch.getValue());
                files++;
            }
        }
        assertClean(folder, files);
    }

    @Test
    void theFrameOfEachTierIsCleanOnceTheBodyIsFilled() throws IOException {
        for (String tier : new String[] {"instant", "standard", "long"}) {
            write(tier, filledFrame(tier));
        }
        assertClean(folder, 3);
    }

    @Test
    void aStepWithoutNameIsFound() throws IOException {
        BpmnModelInstance model = Sketch.of("start > a > done");
        model.getModelElementById("a").removeAttribute("name");
        Layout.addDiagram(model);
        write("nameless", model);
        assertThat(BpmnGate.lint(folder).findings())
                .containsExactly("nameless.bpmn: a: Element is missing label/name (label-required)");
    }

    static BpmnModelInstance filledFrame(String tier) throws IOException {
        try (InputStream frame =
                BpmnLintTest.class.getResourceAsStream("/bpmn-templates/tiers/" + tier + ".frame.xml")) {
            BpmnModelInstance model = Bpmn.readModelFromStream(frame);
            StartEvent start = model.getModelElementById("body_start");
            SubProcess body = model.getModelElementById("body");
            EndEvent end = model.newInstance(EndEvent.class);
            end.setId("done_here");
            end.setName("Nothing to do");
            SequenceFlow flow = model.newInstance(SequenceFlow.class);
            flow.setId("body_start_done_here");
            body.addChildElement(end);
            body.addChildElement(flow);
            flow.setSource(start);
            flow.setTarget(end);
            start.getOutgoing().add(flow);
            end.getIncoming().add(flow);
            Layout.addDiagram(model);
            assertThat(Geometry.of(model).faults()).isEmpty();
            return model;
        }
    }

    private void write(String name, BpmnModelInstance model) throws IOException {
        Files.writeString(folder.resolve(name + ".bpmn"), Bpmn.convertToString(model));
    }

    private static void assertClean(Path folder, long files) {
        BpmnGate.Verdict verdict = BpmnGate.lint(folder);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.files()).isEqualTo((int) files);
    }
}
