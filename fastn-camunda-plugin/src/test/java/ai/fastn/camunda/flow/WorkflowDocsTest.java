package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.flow.WorkflowDocs.Change;
import ai.fastn.camunda.flow.WorkflowDocs.Origin;
import ai.fastn.camunda.flow.WorkflowDocs.Use;
import ai.fastn.camunda.workflow.StepKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Docs view: what a process tells about itself. */
class WorkflowDocsTest {

    private static final List<Change> CHANGES =
            List.of(new Change(1, Instant.parse("2026-11-26T10:00:00Z"), "ann", true));

    static List<Path> fixtures() {
        return BpmnText.fixtures();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void aFixtureHasItsGoldenPage(Path directory) {
        String bpmn = BpmnText.read(directory.resolve("workflow.bpmn"));
        WorkflowDocs docs = WorkflowDocs.read(bpmn, CHANGES);
        assertThat(docs.origin()).isEqualTo(Origin.COMPILED);
        BpmnText.assertGolden(directory.resolve("docs.md"), docs.markdown(FlowGraph.read(bpmn)));
    }

    @Test
    void theReferenceNamesEverythingTheWorkflowTouches() {
        WorkflowDocs docs = WorkflowDocs.read(fixture("hubspot-deal-deck"), List.of());
        assertThat(docs.tier()).isEqualTo("STANDARD");
        assertThat(docs.timeoutMs()).isEqualTo(120_000);
        assertThat(docs.retry()).isEqualTo(new WorkflowDocs.Retry(3, List.of(5000L, 10_000L)));
        assertThat(docs.version()).isEqualTo("1");
        assertThat(docs.input()).containsExactly("input[].objectId", "input[].propertyName", "input[].propertyValue");
        assertThat(docs.connectors().stream().map(WorkflowDocs.Connector::name))
                .containsExactly("hubspotCrm", "gamma", "mailer");
        assertThat(docs.connectors().get(1).actions())
                .containsExactly(
                        new Use("createGeneration", List.of(StepKind.WRITE), List.of("write_gamma_createGeneration")),
                        new Use("getGeneration", List.of(StepKind.READ), List.of("read_gamma_getGeneration")));
        assertThat(docs.tables())
                .containsExactly(new Use("sync_log", List.of(StepKind.WRITE), List.of("write_db_query")));
        assertThat(docs.stateKeys())
                .containsExactly(new Use(
                        "deal:…",
                        List.of(StepKind.READ, StepKind.WRITE),
                        List.of("read_state_get", "write_state_set")));
        assertThat(docs.results().stream().map(result -> result.name() + result.members()))
                .contains("Skipped: other stage[success, skipped, reason]", "Done[success, url]");
        assertThat(docs.errors().stream().map(WorkflowDocs.Thrown::name))
                .containsExactly("Fail: Deck … is not ready after … polls");
        assertThat(docs.errorPaths().stream().map(path -> path.kind() + " " + path.toName()))
                .containsExactly("timeout Timed out");
    }

    @Test
    void aProcessThatSomebodyHasChangedIsADetachedCopy() {
        String changed = fixture("order-check").replaceFirst(" name=\"Start\"", " name=\"Changed by hand\"");
        assertThat(WorkflowDocs.read(changed, List.of()).origin()).isEqualTo(Origin.DETACHED);
    }

    @Test
    void aModelledProcessIsDescribedByWhatItHas() {
        WorkflowDocs docs = WorkflowDocs.read(BpmnText.process("""
                <documentation>Ships orders.</documentation>
                <startEvent id='s' name='Every night'><timerEventDefinition><timeCycle>R/PT24H</timeCycle></timerEventDefinition></startEvent>
                <serviceTask id='a' name='Charge card' camunda:topic='payment'/>
                <userTask id='u' name='Approve' camunda:candidateGroups='sales'/>
                <callActivity id='c' name='Sync' calledElement='sync-orders'/>
                <endEvent id='e' name='Refused'><errorEventDefinition/></endEvent>
                """), List.of());
        assertThat(docs.origin()).isEqualTo(Origin.MODELLED);
        assertThat(docs.purpose()).isEqualTo("Ships orders.");
        assertThat(docs.triggers()).containsExactly(new WorkflowDocs.Trigger("s", "Every night", "timer", "R/PT24H"));
        assertThat(docs.work().stream().map(WorkflowDocs.Work::performer))
                .containsExactly("topic payment", "candidateGroups sales");
        assertThat(docs.workflows().stream().map(Use::name)).containsExactly("sync-orders");
        assertThat(docs.errors().stream().map(WorkflowDocs.Thrown::name)).containsExactly("Refused");
    }

    @Test
    void textsOfAProcessNeverBecomeMarkup() {
        String evil = "&lt;script>alert(1)&lt;/script> ![x](javascript:alert(1)) [a](b) `c` | # d\n# e\n```\n- f";
        String bpmn = BpmnText.process("<documentation>" + evil + "</documentation><startEvent id='s' name='" + evil
                + "'/><task id='a' name='&lt;img src=x onerror=alert(1)>'/>");
        String page = WorkflowDocs.read(bpmn, List.of(new Change(1, Instant.EPOCH, "<b>ann</b>", false)))
                .markdown(FlowGraph.read(bpmn));
        String prose = page.replaceAll("(?s)```mermaid.*?```", "").replace("`p`", "");
        assertThat(page).doesNotContain("<script", "<img", "<b>", "<");
        assertThat(prose)
                .doesNotContainPattern("(?<!\\\\)[\\[\\]`]")
                .contains("\\# e", "\\- f", "\\`c\\`", "&lt;script&gt;");
        assertThat(prose.lines().filter(line -> line.startsWith("# "))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ctx.input.customer.id | input.customer.id",
                "const { a, b: c, d = 1 } = ctx.input; | input.a input.b input.d",
                "const e = ctx.input; f(e[0].x, e.y) | input.y input[].x",
                "const o = ctx.input.order; const { id } = o; g(id.part) | input.order.id.part",
                "ctx.input.items.map(i => i.x) | input.items",
                "ctx.input?.a?.b ?? 1 | input.a.b",
                "const { input } = ctx; input.name | input.name",
                "ctx.headers.x; other.input.y | ''",
            })
    void membersOfTheInputAreFoundInTheCode(String code, String members) {
        assertThat(String.join(" ", InputMembers.of(code))).isEqualTo(members);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "return { a: 1, b, c: { d: 2 }, ...rest } | a b c ...rest",
                "return { \"x-y\": f(1, [2, 3]), t: 'a, b' }; | x-y t",
                "return list | ``"
            })
    void membersOfAResultAreFoundInTheCode(String code, String members) {
        assertThat(String.join(" ", ResultMembers.of(code))).isEqualTo(members);
    }

    @Test
    void theIndexLinksToThePageOfEachPublishedWorkflow() {
        LlmsIndex index = new LlmsIndex(List.of(
                new LlmsIndex.Entry("a-b", "A [B]", "Does <b>it</b>\nnow.", true),
                new LlmsIndex.Entry("c", "C", "", false)));
        assertThat(index.text("/fastn/api/v1")).isEqualTo("""
                # Fastn workflows

                > Workflows of this tenant, with a page about each.

                ## Workflows

                - [A \\[B\\]](/fastn/api/v1/workflows/a-b/docs.md): Does &lt;b&gt;it&lt;/b&gt; now.
                - C (not published)
                """);
    }

    private static String fixture(String name) {
        return BpmnText.read(Path.of("src", "test", "resources", "fixtures", name, "workflow.bpmn"));
    }
}
