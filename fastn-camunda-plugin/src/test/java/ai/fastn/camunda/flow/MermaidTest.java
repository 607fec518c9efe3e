package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mermaid text of a graph, held to the part of Mermaid's grammar that it uses: every line is a node, an edge, the begin
 * or end of a subgraph or a class, and a label has no character that Mermaid gives a meaning.
 */
class MermaidTest {

    private static final String LABEL = "\"(?:[\\p{L}\\p{Nd} ,.:?!/()='+…→×-]|#\\d+;)+\"";
    private static final Pattern LINE = Pattern.compile("flowchart TD"
            + "| +n\\d+(?:\\[" + LABEL + "]|\\(\\[" + LABEL + "]\\)|\\{" + LABEL + "}|\\[/" + LABEL + "/]|\\[\\\\"
            + LABEL + "\\\\])"
            + ":::(?:trigger|process|decision|read|write|done)"
            + "| +subgraph r\\d+\\[" + LABEL + "]"
            + "| +end"
            + "| +[nr]\\d+ (?:-->|-\\.->)(?:\\|" + LABEL + "\\|)? n\\d+"
            + "| +classDef \\w+ fill:#\\w{6},stroke:#\\w{6},color:#\\w{6}");

    static List<Path> fixtures() {
        return BpmnText.fixtures();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void aFixtureIsWrittenInMermaidsGrammar(Path directory) {
        FlowGraph flow = FlowGraph.read(BpmnText.read(directory.resolve("workflow.bpmn")));
        String text = flow.mermaid();
        assertThat(text.lines()).allMatch(line -> LINE.matcher(line).matches());
        assertThat(text.lines().filter(line -> line.contains(":::"))).hasSameSizeAs(flow.nodes());
        assertThat(text.lines().filter(line -> line.contains("->"))).hasSameSizeAs(flow.edges());
        assertThat(flow.mermaid()).isEqualTo(text);
    }

    @Test
    void aNameNeverBecomesMermaid() {
        String evil = "&quot;]; click n0 call alert(1) &#10;end `x` **b** ]|{}&lt;b> %% 1. #quot; ~~~ --> &amp; é 漢 😀";
        String text = FlowGraph.read(
                        BpmnText.process("<startEvent id='end' name=\"" + evil + "\"/><task id='a' name='1. one'/>"
                                + "<task id='b' name='- two'/><subProcess id='r' name='end'><task id='c' name='&#8203;'/></subProcess>"
                                + BpmnText.flows("end>a:\"; a>b:|").replace("name='\"", "name='&quot;")))
                .mermaid();
        assertThat(text.lines()).allMatch(line -> LINE.matcher(line).matches());
    }
}
