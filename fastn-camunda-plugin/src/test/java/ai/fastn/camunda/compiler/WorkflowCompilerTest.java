package ai.fastn.camunda.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.bpmn.BpmnReader;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.ExecutionTimeout;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.xml.sax.InputSource;

/** What a modeler and the engine find in a generated process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkflowCompilerTest {

    private static final String FASTN = "https://fastn.ai/schema/camunda/1.0";

    private static final String DEDUPLICATION = """
            export default async function (ctx) {
              const { id } = ctx.input;
              const existing = await fastn.state.get(`deal:${id}`);
              if (existing) {
                return { success: true, skipped: true, reason: "already_processed" };
              }
              // Ask for the deal.
              const deal = await fastn.connector.hubspotCrm.getDeal({ dealId: id });
              await fastn.state.set(`deal:${id}`, deal);
              return deal;
            }
            """;

    private final WorkflowCompiler compiler = new WorkflowCompiler();

    @AfterAll
    void close() {
        compiler.close();
    }

    @Test
    void nodes_are_named_like_a_modeler_would() {
        BpmnModelInstance model = compiled(DEDUPLICATION);
        assertThat(names(model))
                .contains(
                        "Prepare id",
                        "Read state deal:…",
                        "Existing?",
                        "Read deal from HubSpot CRM",
                        "Remember deal:…",
                        "Skipped: already processed",
                        "Done");
    }

    @Test
    void ids_are_made_of_meaning_and_an_unrelated_edit_moves_none() {
        Set<String> before = ids(compiled(DEDUPLICATION));
        assertThat(before)
                .contains(
                        "read_state_get",
                        "decision_Existing",
                        "read_hubspotCrm_getDeal",
                        "write_state_set",
                        "done_Skipped_already_processed");
        String edited = DEDUPLICATION.replace(
                "  // Ask for the deal.\n", "  await fastn.connector.mailer.sendMail({ id });\n  const now = 1;\n");
        assertThat(ids(compiled(edited))).containsAll(before);
    }

    @Test
    void a_step_holds_the_words_of_the_author_and_where_they_stand() {
        ScriptTask task = compiled(DEDUPLICATION).getModelElementById("read_hubspotCrm_getDeal");
        assertThat(task.getScript().getRawTextContent())
                .isEqualTo("deal = await fastn.connector.hubspotCrm.getDeal({ dealId: id });");
        assertThat(task.getScriptFormat()).isEqualTo("fastn-js");
        assertThat(task.getAttributeValueNs(FASTN, "kind")).isEqualTo("READ");
        assertThat(task.getAttributeValueNs(FASTN, "effects")).isEqualTo("hubspotCrm.getDeal");
        assertThat(task.getAttributeValueNs(FASTN, "source")).isEqualTo("8:3-8:73");
        assertThat(task.getDocumentations().iterator().next().getTextContent())
                .isEqualTo("const deal = await fastn.connector.hubspotCrm.getDeal({ dealId: id });");
    }

    @Test
    void branches_are_labelled_and_no_is_the_way_taken_otherwise() {
        ExclusiveGateway gateway = compiled(DEDUPLICATION).getModelElementById("decision_Existing");
        assertThat(gateway.getOutgoing()).extracting(flow -> flow.getName()).containsExactly("yes", "no");
        assertThat(gateway.getDefault().getName()).isEqualTo("no");
    }

    @Test
    void effects_are_asynchronous_except_where_somebody_waits() {
        assertThat(asynchronous(compiled(DEDUPLICATION)))
                .containsExactlyInAnyOrder(
                        "process_id", "read_state_get", "read_hubspotCrm_getDeal", "write_state_set");
        assertThat(asynchronous(compiled(DEDUPLICATION, Tier.INSTANT, RetryPolicy.OFF)))
                .isEmpty();
    }

    @Test
    void retry_waits_stand_at_every_step() {
        assertThat(cycle(compiled(DEDUPLICATION))).isEqualTo("R1/PT1S");
        assertThat(cycle(compiled(DEDUPLICATION, Tier.LONG, RetryPolicy.DEFAULT)))
                .isEqualTo("PT5S,PT10S");
    }

    @Test
    void a_sleep_is_an_event_except_where_somebody_waits() {
        String source = "export default async () => { await fastn.sleep(5000); return 1 }";
        assertThat(compiled(source).getModelElementsByType(IntermediateCatchEvent.class))
                .extracting(FlowNode::getName)
                .containsExactly("Wait 5 s");
        assertThat(compiled(source, Tier.INSTANT, RetryPolicy.OFF).getModelElementsByType(IntermediateCatchEvent.class))
                .isEmpty();
    }

    @Test
    void the_process_carries_slug_version_and_time_limit() {
        BpmnModelInstance model = compiled(DEDUPLICATION);
        Process process = model.getModelElementById("deal-check");
        assertThat(process.getCamundaVersionTag()).isEqualTo("v3");
        assertThat(process.getCamundaHistoryTimeToLiveString()).isEqualTo("P30D");
        FlowNode timeout = model.getModelElementById("timeout");
        assertThat(timeout.getName()).isEqualTo("Standard: 2 min");
    }

    @Test
    void limits_are_properties_of_the_process_that_a_modeler_shows() throws XPathExpressionException {
        String limited = text(compile(DEDUPLICATION, limited(new Concurrency(5, "input.a&\"b\"", 2))));

        assertThat(property(limited, "fastn.concurrency.runs")).isEqualTo("5");
        assertThat(property(limited, "fastn.concurrency.key")).isEqualTo("input.a&\"b\"");
        assertThat(property(limited, "fastn.concurrency.runs-per-key")).isEqualTo("2");
        assertThat(text(compile(DEDUPLICATION, limited(new Concurrency(7, null, null)))))
                .contains("\"fastn.concurrency.runs\" value=\"7\"")
                .doesNotContain("fastn.concurrency.key", "fastn.concurrency.runs-per-key");
        assertThat(text(compile(DEDUPLICATION, limited(Concurrency.UNLIMITED)))).doesNotContain("camunda:propert");
    }

    @Test
    void a_query_is_a_read_only_when_its_text_says_so() {
        assertThat(kinds("await fastn.db.query('select * from a')")).containsExactly("READ");
        assertThat(kinds("await fastn.db.query(`INSERT INTO log VALUES ($1)`, [1])"))
                .containsExactly("WRITE");
        assertThat(kinds("await fastn.db.query(ctx.input)")).containsExactly("WRITE");
        assertThat(kinds("await fastn.db.query(`select * from ${ctx.input}`)")).containsExactly("WRITE");
        assertThat(kinds("await Promise.all([fastn.state.get('a'), fastn.state.delete('b')])"))
                .containsExactly("WRITE");
    }

    @Test
    void claims_and_counts_are_writes_and_a_handle_of_a_secret_is_no_step() {
        assertThat(kinds("await fastn.state.setIfAbsent('a', 1)")).containsExactly("WRITE");
        assertThat(kinds("await fastn.state.increment('a')")).containsExactly("WRITE");
        assertThat(kinds("await fastn.state.set('a', String(fastn.secrets.ref('TOKEN')))"))
                .containsExactly("WRITE");
    }

    @Test
    void unknown_connectors_and_actions_are_named_with_the_nearest_known_one() {
        assertThat(mistakes("await fastn.connector.hubspotCrn.getDeal()"))
                .containsExactly("The connector \"hubspotCrn\" does not exist. did you mean \"hubspotCrm\"?");
        assertThat(mistakes("await fastn.connector.hubspotCrm.getDeals()"))
                .containsExactly("The action \"hubspotCrm.getDeals\" does not exist. did you mean \"getDeal\"?");
        assertThat(mistakes("await fastn.connector['hubspot-crm'].getDeal()")).isEmpty();
    }

    @Test
    void a_connector_that_the_client_does_not_declare_is_a_mistake() {
        assertThat(mistakes("const f = new Fastn({ connectors: { gamma: {} } }); await f.connector.mailer.sendMail()"))
                .hasSize(1);
        assertThat(mistakes(
                        "const f = new Fastn({ connectors: { gamma: {} } }); await f.connector.gamma.getGeneration()"))
                .isEmpty();
    }

    @Test
    void a_syntax_error_is_a_diagnostic() {
        Compilation compilation = compile("export default async function (ctx) {", Tier.STANDARD, RetryPolicy.OFF);
        assertThat(compilation).isInstanceOf(Compilation.Rejected.class);
    }

    @Test
    void deep_nesting_is_compiled() {
        String source = "export default async () => " + "[".repeat(400) + "]".repeat(400);
        assertThat(compile(source, Tier.STANDARD, RetryPolicy.OFF)).isInstanceOf(Compilation.Compiled.class);
    }

    private List<String> mistakes(String statements) {
        Compilation compilation =
                compile("export default async function (ctx) { " + statements + " }", Tier.STANDARD, RetryPolicy.OFF);
        return compilation instanceof Compilation.Rejected rejected
                ? rejected.diagnostics().stream()
                        .map(WorkflowCompilerTest::text)
                        .toList()
                : List.of();
    }

    private static String text(Diagnostic diagnostic) {
        return (diagnostic.message() + " " + diagnostic.instead()).strip();
    }

    private List<String> kinds(String statement) {
        return compiled("export default async function (ctx) { " + statement + " }")
                .getModelElementsByType(ScriptTask.class)
                .stream()
                .map(task -> task.getAttributeValueNs(FASTN, "kind"))
                .toList();
    }

    private static List<String> names(BpmnModelInstance model) {
        return model.getModelElementsByType(FlowNode.class).stream()
                .map(node -> String.valueOf(node.getName()))
                .toList();
    }

    private static Set<String> ids(BpmnModelInstance model) {
        return model.getModelElementsByType(FlowNode.class).stream()
                .filter(node -> !(node instanceof ExclusiveGateway) || node.getName() != null)
                .map(FlowNode::getId)
                .collect(Collectors.toSet());
    }

    private static List<String> asynchronous(BpmnModelInstance model) {
        return model.getModelElementsByType(ScriptTask.class).stream()
                .filter(ScriptTask::isCamundaAsyncBefore)
                .map(ScriptTask::getId)
                .toList();
    }

    private static String cycle(BpmnModelInstance model) {
        return model.getModelElementsByType(ScriptTask.class).stream()
                .map(task -> task.getExtensionElements()
                        .getElements()
                        .iterator()
                        .next()
                        .getTextContent())
                .distinct()
                .collect(Collectors.joining(" | "));
    }

    private BpmnModelInstance compiled(String source) {
        return compiled(source, Tier.STANDARD, RetryPolicy.OFF);
    }

    private BpmnModelInstance compiled(String source, Tier tier, RetryPolicy retry) {
        BpmnModelInstance model = BpmnReader.read(text(compile(source, tier, retry)));
        Bpmn.validateModel(model);
        return model;
    }

    private Compilation compile(String source, Tier tier, RetryPolicy retry) {
        return compile(source, configuration(tier, retry, Concurrency.UNLIMITED));
    }

    private static WorkflowConfiguration limited(Concurrency concurrency) {
        return configuration(Tier.STANDARD, RetryPolicy.OFF, concurrency);
    }

    private static WorkflowConfiguration configuration(Tier tier, RetryPolicy retry, Concurrency concurrency) {
        return new WorkflowConfiguration(
                "Deal check",
                "",
                tier,
                ExecutionTimeout.defaultOf(tier),
                retry,
                concurrency,
                ConnectorVersions.NONE,
                true);
    }

    private static String text(Compilation compilation) {
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).bpmn();
    }

    /** The value of a {@code camunda:property} of the process. */
    private static String property(String bpmn, String name) throws XPathExpressionException {
        String path = "/*[local-name()='definitions']/*[local-name()='process']/*[local-name()='extensionElements']"
                + "/*[name()='camunda:properties']/*[name()='camunda:property'][@name='" + name + "']/@value";
        return XPathFactory.newInstance().newXPath().evaluate(path, new InputSource(new StringReader(bpmn)));
    }

    private Compilation compile(String source, WorkflowConfiguration configuration) {
        return compiler.compile(new CompilerInput(
                new SourceText("deal-check.js", source),
                WorkflowSlug.of("deal-check"),
                3,
                configuration,
                Catalogs.TEST));
    }
}
