package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.flow.FlowGraph;
import ai.fastn.camunda.flow.ProcessDiff;
import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flow, Sequence, Docs, pictures and differences over HTTP. */
class FlowHttpTest {

    private static final String ONE = """
            export default async function (ctx) {
              const seen = await new Fastn().state.get("seen");
              if (seen) {
                return { skipped: true };
              }
              return { name: ctx.input.name };
            }
            """;

    private Machine machine;

    @BeforeEach
    void connect() {
        machine = Machine.of(RunningHost.shared());
    }

    @Test
    void everyViewOfAVersionIsServed() {
        machine.install("views", Machine.draft(ONE, "Views <b>", "standard"));
        JsonNode flow = machine.get("/workflows/views/flow").requireStatus(200).json();
        JsonNode sequence =
                machine.get("/workflows/views/sequence").requireStatus(200).json();
        assertThat(sequence.at("/steps/0/id").asText())
                .isEqualTo(flow.at("/nodes/0/id").asText());
        assertThat(sequence.at("/ways/0/kind").asText()).isEqualTo("timeout");
        JsonNode docs = machine.get("/workflows/views/docs").requireStatus(200).json();
        assertThat(docs.at("/input/0").asText()).isEqualTo("input.name");
        assertThat(docs.at("/stateKeys/0/name").asText()).isEqualTo("seen");
        assertThat(docs.at("/origin").asText()).isEqualTo("COMPILED");
        assertThat(docs.at("/changes/0/version").asInt()).isEqualTo(1);
        assertThat(docs.at("/changes/0/deployed").asBoolean()).isTrue();
        assertThat(docs.at("/changes/0/publishedBy").asText()).isEqualTo("test key");
        assertThat(machine.get("/workflows/views/source-map")
                        .json()
                        .at("/lines/2/0")
                        .asText())
                .contains("state_get");
        assertThat(download("docs.md", "text/markdown", "views-v1.md")).startsWith("# Views &lt;b&gt;\n");
        assertThat(download("diagram.svg", "image/svg+xml", "views-v1.svg")).contains("<svg ");
        assertThat(download("diagram.png", "image/png", "views-v1.png")).contains("PNG");
        assertThat(download("diagram.mmd", "text/vnd.mermaid", "views-v1.mmd")).startsWith("flowchart TD\n");
        assertThat(download("bpmn", "application/xml", "views-v1.bpmn")).startsWith("<?xml");
    }

    private String download(String what, String type, String fileName) {
        Reply reply = machine.get("/workflows/views/" + what).requireStatus(200);
        assertThat(reply.header("content-type")).startsWith(type);
        assertThat(reply.header("content-disposition")).isEqualTo("attachment; filename=\"" + fileName + "\"");
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        return reply.body();
    }

    @Test
    void aNarrowPanelGetsTheSameProcessDrawnFromTopToBottom() {
        machine.install("tall", Machine.draft(ONE, "Tall", "standard"));
        String across = machine.get("/workflows/tall/bpmn").requireStatus(200).body();
        String down = machine.get("/workflows/tall/bpmn?orientation=top-to-bottom")
                .requireStatus(200)
                .body();
        assertThat(FlowGraph.read(down)).isEqualTo(FlowGraph.read(across));
        assertThat(ProcessDiff.between(across, down).nodes()).isEmpty();
        assertThat(placeOf("result_skipped", across, "x")).isGreaterThan(placeOf("start", across, "x"));
        assertThat(placeOf("read_state_get", down, "x") - placeOf("start", down, "x"))
                .isLessThan(100);
        assertThat(placeOf("read_state_get", down, "y")).isGreaterThan(placeOf("start", down, "y"));
        assertThat(machine.get("/workflows/tall/bpmn?orientation=left-to-right").body())
                .isEqualTo(across);
        assertThat(machine.get("/workflows/tall/diagram.svg?orientation=top-to-bottom")
                        .requireStatus(200)
                        .body())
                .contains("<svg ")
                .isNotEqualTo(machine.get("/workflows/tall/diagram.svg").body());
        machine.get("/workflows/tall/bpmn?orientation=sideways").requireProblem(400, "FASTN-06003");
    }

    private static int placeOf(String id, String bpmn, String axis) {
        Matcher bounds = Pattern.compile("bpmnElement=\"" + id + "[^>]*>\\s*<dc:Bounds[^>]* " + axis + "=\"(\\d+)")
                .matcher(bpmn);
        assertThat(bounds.find()).as(id).isTrue();
        return Integer.parseInt(bounds.group(1));
    }

    @Test
    void whoHasAViewAlreadyIsToldThatItIsTheSame() {
        machine.install("cached", Machine.draft(ONE, "Cached", "standard"));
        for (String view : new String[] {"flow", "docs.md", "diagram.svg", "diff?from=1&to=1"}) {
            String tag =
                    machine.get("/workflows/cached/" + view).requireStatus(200).header("etag");
            assertThat(tag).matches("\"[0-9a-f]{64}\"");
            machine.with("if-none-match", tag).get("/workflows/cached/" + view).requireStatus(304);
        }
    }

    @Test
    void theDraftIsShownAsItWouldBePublished() {
        machine.install("drafted", Machine.draft(ONE, "Drafted", "standard"));
        ObjectNode changed = Machine.draft(ONE.replace("\"seen\"", "\"done\""), "Drafted", "standard");
        machine.save("drafted", changed).requireStatus(200);
        assertThat(machine.get("/workflows/drafted/docs").text("/stateKeys/0/name"))
                .isEqualTo("seen");
        assertThat(machine.get("/workflows/drafted/docs?version=draft").text("/stateKeys/0/name"))
                .isEqualTo("done");
        JsonNode diff = machine.get("/workflows/drafted/diff?from=1&to=draft")
                .requireStatus(200)
                .json();
        assertThat(diff.at("/code/added").asInt()).isEqualTo(1);
        assertThat(diff.at("/process/nodes").findValuesAsText("change")).contains("changed");
        machine.save("drafted", Machine.draft("export default async () => {", "Drafted", "standard"));
        machine.get("/workflows/drafted/docs?version=draft").requireProblem(422, "FASTN-04002");
    }

    @Test
    void twoVersionsAreComparedInCodeConfigurationAndProcess() {
        machine.install("compared", Machine.draft(ONE, "Compared", "standard"));
        ObjectNode second = Machine.draft(ONE.replace("skipped: true", "skipped: 1"), "Renamed", "standard");
        machine.install("compared", second);
        JsonNode diff = machine.get("/workflows/compared/diff?from=1&to=2")
                .requireStatus(200)
                .json();
        assertThat(diff.at("/from").asText()).isEqualTo("1");
        assertThat(diff.at("/code/removed").asInt()).isEqualTo(1);
        assertThat(diff.at("/configuration/0/field").asText()).isEqualTo("name");
        assertThat(diff.at("/configuration/0/to").asText()).isEqualTo("Renamed");
        assertThat(diff.at("/process/nodes")).isNotEmpty();
        machine.get("/workflows/compared/diff?from=1&to=3").requireStatus(404);
        machine.get("/workflows/compared/diff?from=1&to=x").requireProblem(400, "FASTN-06003");
        machine.get("/workflows/compared/diff?from=1").requireProblem(400, "FASTN-06003");
    }

    @Test
    void theIndexListsTheWorkflowsOfTheTenant() {
        machine.install("indexed", Machine.draft(ONE, "Indexed", "standard"));
        Reply reply = machine.get("/llms.txt").requireStatus(200);
        assertThat(reply.header("content-type")).startsWith("text/plain");
        assertThat(reply.body()).contains("- [Indexed](/fastn/api/v1/workflows/indexed/docs.md)\n");
        machine.without("x-fastn-access-key").get("/llms.txt").requireStatus(401);
    }
}
