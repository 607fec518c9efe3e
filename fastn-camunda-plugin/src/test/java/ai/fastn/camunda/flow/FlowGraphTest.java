package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.workflow.StepKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Flow view, read from BPMN as the compiler draws it and as people draw it. */
class FlowGraphTest {

    @ParameterizedTest
    @ValueSource(strings = {"compiled", "hand-modelled"})
    void aFileIsReadAsItsGoldenText(String name) throws IOException {
        FlowGraph flow = FlowGraph.read(resource("/flow/" + name + ".bpmn"));
        String text = flow.text();
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(Path.of("src", "test", "resources", "flow", name + ".txt"), text);
        }
        assertThat(text).isEqualTo(resource("/flow/" + name + ".txt"));
    }

    @Test
    void aCompiledWorkflowShowsAllSixKinds() throws IOException {
        FlowGraph flow = FlowGraph.read(resource("/flow/compiled.bpmn"));
        assertThat(flow.nodes().stream().map(FlowGraph.Node::kind).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(StepKind.values());
    }

    @Test
    void everyEdgeJoinsWhatIsShown() throws IOException {
        for (String name : new String[] {"compiled", "hand-modelled"}) {
            FlowGraph flow = FlowGraph.read(resource("/flow/" + name + ".bpmn"));
            var ids = flow.nodes().stream().map(FlowGraph.Node::id).collect(Collectors.toSet());
            var regions = flow.regions().stream().map(FlowGraph.Region::id).collect(Collectors.toSet());
            assertThat(flow.edges()).allSatisfy(edge -> {
                assertThat(ids).contains(edge.to());
                assertThat(ids.contains(edge.from()) || regions.contains(edge.from()))
                        .isTrue();
            });
            assertThat(flow.edges().stream().map(FlowGraph.Edge::id)).doesNotHaveDuplicates();
        }
    }

    @Test
    void aLoopOfMergesAloneIsNoEndlessLoop() {
        FlowGraph flow = FlowGraph.read(process("""
                <startEvent id="s" name="Start"/><exclusiveGateway id="m1"/><exclusiveGateway id="m2"/>
                <sequenceFlow id="f1" sourceRef="s" targetRef="m1"/>
                <sequenceFlow id="f2" sourceRef="m1" targetRef="m2"/>
                <sequenceFlow id="f3" sourceRef="m2" targetRef="m1"/>
                """));
        assertThat(flow.text()).isEqualTo("TRIGGER s \"Start\"\n");
    }

    @Test
    void aFlowThatLeadsNowhereIsLeftOut() {
        FlowGraph flow =
                FlowGraph.read(process("<task id='a' name='A'/><sequenceFlow id='f' sourceRef='a' targetRef='gone'/>"));
        assertThat(flow.edges()).isEmpty();
    }

    @Test
    void brokenXmlIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> FlowGraph.read("<definitions>\n<process>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("BPMN is not well-formed XML: line 2, column 10: ");
    }

    @Test
    void aDoctypeIsRefused() {
        assertThatThrownBy(() -> FlowGraph.read("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("BPMN is not well-formed XML: line 1, ");
    }

    private static String process(String content) {
        return "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><process id='p'>" + content
                + "</process></definitions>";
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(FlowGraphTest.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
