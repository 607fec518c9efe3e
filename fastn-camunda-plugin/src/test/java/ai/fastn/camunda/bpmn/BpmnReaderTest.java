package ai.fastn.camunda.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.Script;
import org.camunda.bpm.model.xml.ModelParseException;
import org.camunda.bpm.model.xml.ModelValidationException;
import org.junit.jupiter.api.Test;

class BpmnReaderTest {

    private static final Path SAMPLE = Path.of("../bpmn-templates/examples/order-desk.bpmn");

    @Test
    void aModelIsRead() throws IOException {
        assertThat(BpmnReader.read(Files.readString(SAMPLE)).getModelElementsByType(Process.class))
                .extracting(Process::getId)
                .containsExactly("order-desk");
    }

    @Test
    void whatIsWrittenAgainHasNoEmptyLines() throws IOException {
        String sample = Files.readString(SAMPLE);

        String once = Bpmn.convertToString(BpmnReader.read(sample));
        String again = Bpmn.convertToString(BpmnReader.read(once));

        assertThat(again).isEqualTo(once).doesNotContainPattern(">\\s*\n\\s*\n\\s*<");
        assertThat(scripts(again)).isEqualTo(scripts(sample)).isNotEmpty();
    }

    private static List<String> scripts(String bpmn) {
        return BpmnReader.read(bpmn).getModelElementsByType(Script.class).stream()
                .map(Script::getTextContent)
                .toList();
    }

    @Test
    void whatBreaksTheSchemaIsRefused() throws IOException {
        String twice = Files.readString(SAMPLE).replace("isExecutable=\"true\"", "isExecutable=\"perhaps\"");

        assertThatThrownBy(() -> BpmnReader.read(twice)).isInstanceOf(ModelValidationException.class);
    }

    @Test
    void textOfAnotherFileIsNeverTakenIn() throws IOException {
        String bomb = Files.readString(SAMPLE)
                .replaceFirst("\\?>", "?><!DOCTYPE definitions [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>");

        assertThatThrownBy(() -> BpmnReader.read(bomb)).isInstanceOf(ModelParseException.class);
        assertThatThrownBy(() -> BpmnReader.read("no XML")).isInstanceOf(ModelParseException.class);
    }
}
