package ai.fastn.camunda.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The element templates that a modeler adds Fastn steps with. */
class ElementTemplatesTest {

    @Test
    void allEightTemplatesAreValid() {
        BpmnGate.Verdict verdict = BpmnGate.validateTemplates(Path.of("..", "bpmn-templates", "element-templates"));
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.files()).isEqualTo(8);
    }
}
