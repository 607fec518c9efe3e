package ai.fastn.camunda.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** A process that a person has changed is known; one that a modeler has only saved is not taken for changed. */
class ProcessHashTest {

    static List<Path> fixtures() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "resources", "fixtures"))) {
            return files.filter(file -> file.endsWith("workflow.bpmn")).sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void aCompiledProcessHasTheHashThatIsWrittenInIt(Path file) throws Exception {
        Document bpmn = parse(Files.readString(file));
        assertThat(ProcessHash.written(bpmn)).contains(ProcessHash.of(bpmn));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void whatAModelerSavesWithoutAChangeHasTheSameHash(Path file) throws Exception {
        String text = Files.readString(file);
        String saved = text.replaceAll("<(/?)(?=[a-zA-Z]+[ />])", "<$1bpmn:")
                .replace("xmlns=\"", "xmlns:bpmn=\"")
                .replace("\"tFormalExpression\"", "\"bpmn:tFormalExpression\"")
                .replace(" isInterrupting=\"true\"", "")
                .replace("versionTag=\"v1\"", "versionTag=\"v7\"")
                .replaceAll("(?s)<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "");
        assertThat(saved).isNotEqualTo(text);
        assertThat(ProcessHash.of(parse(saved))).isEqualTo(ProcessHash.of(parse(text)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void anyChangeOfAScriptNameOrFlowChangesTheHash(Path file) throws Exception {
        String text = Files.readString(file);
        String before = ProcessHash.of(parse(text));
        assertThat(ProcessHash.of(parse(text.replaceFirst("<script>", "<script>1;"))))
                .isNotEqualTo(before);
        assertThat(ProcessHash.of(parse(text.replaceFirst(" name=\"Start\"", " name=\"Begin\""))))
                .isNotEqualTo(before);
        assertThat(ProcessHash.of(parse(text.replaceFirst("targetRef=\"body\"", "targetRef=\"done\""))))
                .isNotEqualTo(before);
        assertThat(ProcessHash.of(parse(text.replaceFirst("<task|</process>", "<task id=\"more\"/>$0"))))
                .isNotEqualTo(before);
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
