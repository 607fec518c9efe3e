package ai.fastn.camunda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.flow.WorkflowDocs;
import ai.fastn.camunda.host.DeployedWorkflow;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Processes that people have drawn with the element templates, run in a real engine. */
class ModelledProcessTest {

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;
    private static Workflows workflows;
    private static RuntimeService runtime;
    private static RepositoryService repository;
    private static ManagementService management;

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(shop, Map.of("camunda.bpm.job-execution.enabled", "false"));
        workflows = host.getBean(Workflows.class);
        runtime = host.getBean(RuntimeService.class);
        repository = host.getBean(RepositoryService.class);
        management = host.getBean(ManagementService.class);
    }

    @AfterAll
    static void stopHost() {
        host.close();
        shop.close();
    }

    /** Template "Call Fastn workflow", as the Modeler applies it; a user task behind it keeps the process. */
    @ParameterizedTest
    @EnumSource(Tier.class)
    void aModelledProcessCallsAWorkflowAndGetsItsResult(Tier tier) throws IOException {
        String slug = "square-" + tier.name().toLowerCase(Locale.ROOT);
        workflow(slug, tier, "return { square: ctx.input.n * ctx.input.n };");
        assertThat(Files.readString(Path.of("..", "bpmn-templates", "element-templates", "call-workflow.json")))
                .contains("\"fastn_result\"", "\"${input}\"", "\"calledElement\"");
        deploy("calls-" + slug, """
                <startEvent id='s' name='Order received'/>
                <callActivity id='c' name='Square it' calledElement='%s' camunda:modelerTemplate='ai.fastn.call-workflow'>
                <extensionElements><camunda:properties><camunda:property name='fastn.kind' value='PROCESS'/></camunda:properties>
                <camunda:in sourceExpression='${input}' target='input'/><camunda:out source='fastn_result' target='result'/>
                </extensionElements></callActivity>
                <userTask id='u' name='Look at it' camunda:asyncBefore='true'/><endEvent id='e'/>
                <sequenceFlow id='f1' sourceRef='s' targetRef='c'/><sequenceFlow id='f2' sourceRef='c' targetRef='u'/>
                <sequenceFlow id='f3' sourceRef='u' targetRef='e'/>""".formatted(slug));

        ProcessInstance instance = runtime.startProcessInstanceByKey("calls-" + slug, Map.of("input", "{\"n\":4}"));
        executeAll();

        assertThat(runtime.getActiveActivityIds(instance.getId())).containsExactly("u");
        assertThat(runtime.getVariable(instance.getId(), "result")).isEqualTo("{\"square\":16}");
        runtime.deleteProcessInstance(instance.getId(), "end of test");
    }

    /** A compiled process, opened in a modeler, with one more step of template "Fastn process step". */
    @Test
    void aStepAddedToADetachedCopyRuns() {
        workflow("detached", Tier.INSTANT, "return ctx.input.n * 2;");
        String compiled = workflows
                .version(TenantId.DEFAULT, WorkflowSlug.of("detached"), 1)
                .bpmn();
        String changed = compiled.replaceFirst(
                "(<sequenceFlow id=\"[^\"]+\" sourceRef=\"body_start\" targetRef=\")([^\"]+)(\"/>)", """
                $1more$3<scriptTask id="more" name="Add one" scriptFormat="fastn-js" camunda:modelerTemplate="ai.fastn.process">
                <extensionElements><camunda:properties><camunda:property name="fastn.kind" value="PROCESS"/></camunda:properties>
                </extensionElements><script>ctx.input.n += 1;</script></scriptTask>
                <sequenceFlow id="more_on" sourceRef="more" targetRef="$2"/>""");
        assertThat(changed).contains("Add one");
        assertThat(WorkflowDocs.read(changed, List.of()).origin()).isEqualTo(WorkflowDocs.Origin.DETACHED);
        repository.createDeployment().addString("detached.bpmn", changed).deploy();

        var ended = runtime.createProcessInstanceByKey("detached")
                .setVariable("input", "{\"n\":4}")
                .executeWithVariablesInReturn();

        assertThat(ended.getVariables().get("fastn_result")).isEqualTo("10");
    }

    private static void deploy(String key, String content) {
        repository
                .createDeployment()
                .addString(
                        key + ".bpmn",
                        "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='test'"
                                + " xmlns:camunda='http://camunda.org/schema/1.0/bpmn'><process id='" + key
                                + "' isExecutable='true' camunda:historyTimeToLive='P1D'>" + content
                                + "</process></definitions>")
                .deploy();
    }

    private static void executeAll() {
        List<Job> jobs = management.createJobQuery().executable().list();
        while (!jobs.isEmpty()) {
            management.executeJob(jobs.get(0).getId());
            jobs = management.createJobQuery().executable().list();
        }
    }

    private static void workflow(String slug, Tier tier, String code) {
        DeployedWorkflow.of(workflows, slug, tier, RetryPolicy.OFF, code);
    }
}
