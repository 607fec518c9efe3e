package ai.fastn.camunda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps with Fastn code in processes that people have drawn with the element templates, run in a real engine. */
class ModelledStepsTest {

    @RegisterExtension
    static final SteppedHost host = new SteppedHost();

    /** A Java delegate of a host application. */
    public static final class Doubling implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {
            execution.setVariable("total", 2 * ((Number) execution.getVariable("total")).longValue());
        }
    }

    @Test
    void stepsReadAndSetProcessVariablesAmongDelegatesAndUserTasks() {
        deploy("mixed", """
                <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='sum'/>
                %s<sequenceFlow id='f2' sourceRef='sum' targetRef='twice'/>
                <serviceTask id='twice' camunda:class='%s'/><sequenceFlow id='f3' sourceRef='twice' targetRef='look'/>
                <userTask id='look'/><sequenceFlow id='f4' sourceRef='look' targetRef='put'/>
                %s<sequenceFlow id='f5' sourceRef='put' targetRef='e'/><userTask id='e'/>""".formatted(
                        step("sum", "total", "", "return ctx.variables.lines.length * ctx.variables.price;"),
                        Doubling.class.getName(),
                        step("put", "order", "", """
                                const put = await fastn.connector.shop.write({ x: ctx.variables.total });
                                return { id: put.value, by: ctx.variables.clerk };""")));
        ProcessInstance instance =
                host.runtime().startProcessInstanceByKey("mixed", Map.of("lines", List.of(1, 2, 3), "price", 7));

        executeAll();
        assertThat(variable(instance, "total")).isEqualTo(42L);
        complete(instance, Map.of("clerk", "Kim"));
        executeAll();

        assertThat(variable(instance, "order")).isEqualTo("{\"id\":\"42\",\"by\":\"Kim\"}");
        assertThat(host.shop().calls()).containsExactly("write/42");
        assertThat(host.last("mixed").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertNothingIsLeft();
    }

    @Test
    void aStepWithAnInputMappingSeesIt() {
        deploy(
                "mapped",
                line(step("c", "result", "", "return ctx.input.n + ctx.variables.more;")
                        .replace("<extensionElements>", """
                        <extensionElements><camunda:inputOutput><camunda:inputParameter name='input'>${order}</camunda:inputParameter>
                        <camunda:inputParameter name='more'>${10 + 1}</camunda:inputParameter></camunda:inputOutput>""")));

        ProcessInstance instance = host.runtime().startProcessInstanceByKey("mapped", Map.of("order", Map.of("n", 4)));
        executeAll();

        assertThat(variable(instance, "result")).isEqualTo(15L);
    }

    @Test
    void conditionsDecideWhichWayIsTaken() {
        deploy("decides", """
                <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='g'/>
                <exclusiveGateway id='g' name='Large?' default='no'/>
                <sequenceFlow id='yes' sourceRef='g' targetRef='large'><conditionExpression xsi:type='tFormalExpression' language='fastn-js'>ctx.variables.amount > 100 // large</conditionExpression></sequenceFlow>
                <sequenceFlow id='no' sourceRef='g' targetRef='small'/><userTask id='large'/><userTask id='small'/>""");

        assertThat(at(host.runtime().startProcessInstanceByKey("decides", Map.of("amount", 101))))
                .containsExactly("large");
        assertThat(at(host.runtime().startProcessInstanceByKey("decides", Map.of("amount", 100))))
                .containsExactly("small");
    }

    @Test
    void whatAStepHasDoneIsNotDoneAgainWhenALaterCallFails() {
        deploy(
                "retried",
                line(step(
                        "c",
                        "result",
                        "<camunda:failedJobRetryTimeCycle>R3/PT10S</camunda:failedJobRetryTimeCycle>",
                        """
                const a = await fastn.connector.shop.write({ x: 1 });
                const b = await fastn.connector.shop.flaky({ x: "modelled" });
                return a.call + "/" + b.value + "/" + ctx.execution.attempt;""")));
        host.shop().failNext("modelled", 2);

        ProcessInstance instance = host.start("retried");
        for (int second = 0; second <= 40; second += 10) {
            host.at(second);
            executeAll();
        }

        assertThat(host.shop().calls())
                .containsExactly("write/1", "flaky/modelled", "flaky/modelled", "flaky/modelled");
        assertThat(variable(instance, "result")).isEqualTo("1/modelled/3");
        assertThat(host.last("retried").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertNothingIsLeft();
    }

    @Test
    void anErrorNobodyCatchesIsAnIncidentAtTheStepAndCanBeRetried() {
        deploy("fails", line(step("c", "result", "", """
                const a = await fastn.connector.shop.write({ x: 1 });
                const b = await fastn.connector.shop.flaky({ x: "incident" });
                return b.value;""")));
        host.shop().failNext("incident", 1);
        ProcessInstance instance = host.start("fails");
        executeAll();

        var incident = host.runtime()
                .createIncidentQuery()
                .processInstanceId(instance.getId())
                .singleResult();
        assertThat(incident.getActivityId()).isEqualTo("c");
        assertThat(incident.getIncidentMessage()).contains("503");
        assertThat(host.last("fails").status()).isEqualTo(ExecutionStatus.FAILED);
        Job job = host.management()
                .createJobQuery()
                .processInstanceId(instance.getId())
                .singleResult();
        assertThat(job.getJobDefinitionId()).isNotNull();
        host.management().setJobRetries(job.getId(), 1);
        executeAll();

        assertThat(variable(instance, "result")).isEqualTo("incident");
        assertThat(host.shop().calls()).containsExactly("write/1", "flaky/incident", "flaky/incident");
        assertThat(host.last("fails").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertNothingIsLeft();
    }

    @Test
    void aRetriedStepKeepsTheVariablesItBeganWith() {
        deploy("kept", line(step("c", "result", "", """
                await fastn.connector.shop.write({ x: ctx.variables.n });
                await fastn.connector.shop.flaky({ x: "kept" });
                return ctx.variables.n;""")));
        host.shop().failNext("kept", 1);
        ProcessInstance instance = host.runtime().startProcessInstanceByKey("kept", Map.of("n", 1));
        executeAll();

        host.runtime().setVariable(instance.getId(), "n", 2);
        retry(instance);
        executeAll();

        assertThat(variable(instance, "result")).isEqualTo(1L);
        assertThat(host.shop().calls()).containsExactly("write/1", "flaky/kept", "flaky/kept");
    }

    @Test
    void anErrorEventTakesTheErrorWithItsCode() {
        String boundary = """
                <boundaryEvent id='b' attachedToRef='c'><errorEventDefinition errorRef='stock' camunda:errorMessageVariable='why'/></boundaryEvent>
                <sequenceFlow id='fb' sourceRef='b' targetRef='caught'/><userTask id='caught'/>""";
        String code = """
                throw Object.assign(new Error("none of " + ctx.variables.item), { code: ctx.variables.code });""";
        deploy(
                "catches",
                line(step("c", "result", "", code)) + boundary,
                "<error id='stock' errorCode='OUT_OF_STOCK'/>");

        ProcessInstance caught =
                host.runtime().startProcessInstanceByKey("catches", Map.of("item", "tea", "code", "OUT_OF_STOCK"));
        ProcessInstance other =
                host.runtime().startProcessInstanceByKey("catches", Map.of("item", "tea", "code", "OTHER"));
        executeAll();

        assertThat(at(caught)).containsExactly("caught");
        assertThat(variable(caught, "why")).isEqualTo("none of tea");
        assertThat(at(other)).containsExactly("c");
        assertThat(host.runtime()
                        .createIncidentQuery()
                        .processInstanceId(other.getId())
                        .count())
                .isOne();
        assertThat(host.rows("fastn_checkpoint")).isOne();
    }

    @Test
    void parallelBranchesAndInstancesEachRunTheirCode() {
        deploy("parallel", """
                <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='p'/><parallelGateway id='p'/>
                <sequenceFlow id='f2' sourceRef='p' targetRef='a'/><sequenceFlow id='f3' sourceRef='p' targetRef='m'/>
                %s%s
                <sequenceFlow id='f4' sourceRef='a' targetRef='j'/><sequenceFlow id='f5' sourceRef='m' targetRef='j'/>
                <parallelGateway id='j'/><sequenceFlow id='f6' sourceRef='j' targetRef='e'/><userTask id='e'/>""".formatted(
                        step("a", "a", "", "return (await fastn.connector.shop.read({ x: 'a' })).value;"),
                        step(
                                        "m",
                                        "last",
                                        "",
                                        "await fastn.connector.shop.write({ x: ctx.variables.item }); return ctx.variables.loopCounter;")
                                .replace("<script>", """
                                        <multiInstanceLoopCharacteristics camunda:collection='${items}' camunda:elementVariable='item'/><script>""")));
        ProcessInstance instance =
                host.runtime().startProcessInstanceByKey("parallel", Map.of("items", List.of("x", "y", "z")));
        executeAll();

        assertThat(at(instance)).containsExactly("e");
        assertThat(host.shop().calls()).containsExactlyInAnyOrder("read/a", "write/x", "write/y", "write/z");
        assertNothingIsLeft();
    }

    @Test
    void aLoopThatComesBackToAStepRunsItAnew() {
        deploy("loop", """
                <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='c'/>
                %s<sequenceFlow id='f2' sourceRef='c' targetRef='g'/><exclusiveGateway id='g' default='on'/>
                <sequenceFlow id='back' sourceRef='g' targetRef='c'><conditionExpression xsi:type='tFormalExpression' language='fastn-js'>ctx.variables.n !== 3</conditionExpression></sequenceFlow>
                <sequenceFlow id='on' sourceRef='g' targetRef='e'/><userTask id='e'/>""".formatted(step(
                "c", "n", "", "await fastn.state.set('n', ctx.variables.n + 1); return await fastn.state.get('n');")));
        ProcessInstance instance = host.runtime().startProcessInstanceByKey("loop", Map.of("n", 0));
        executeAll();

        assertThat(at(instance)).containsExactly("e");
        assertThat(variable(instance, "n")).isEqualTo(3L);
    }

    @Test
    void aStepThatWaitsForAnEventGoesOnWhenItArrives() {
        deploy(
                "awaits",
                line(step("c", "answer", "", "return await fastn.waitFor('approved', { key: ctx.variables.id });")));
        ProcessInstance instance = host.runtime().startProcessInstanceByKey("awaits", Map.of("id", "17"));
        executeAll();

        host.bean(AwaitedEvents.class).arrived(TenantId.DEFAULT, "approved", Optional.of("17"), "{\"by\":\"Kim\"}");
        executeAll();

        assertThat(variable(instance, "answer")).isEqualTo("{\"by\":\"Kim\"}");
        assertNothingIsLeft();
    }

    @Test
    void anEventArrivesAtTheTemplateThatWaitsForIt() {
        deploy("receives", """
                <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='w'/>
                <receiveTask id='w' messageRef='shipped' camunda:modelerTemplate='ai.fastn.wait-for-event'><extensionElements><camunda:properties>
                <camunda:property name='fastn.kind' value='READ'/><camunda:property name='fastn.effects' value='waitFor'/>
                <camunda:property name='fastn.payload' value='parcel'/></camunda:properties></extensionElements></receiveTask>
                <sequenceFlow id='f2' sourceRef='w' targetRef='e'/><userTask id='e'/>""", "<message id='shipped' name='shipped:${order}'/>");
        ProcessInstance instance = host.runtime().startProcessInstanceByKey("receives", Map.of("order", 17));
        AwaitedEvents events = host.bean(AwaitedEvents.class);

        assertThatThrownBy(() -> events.arrived(TenantId.DEFAULT, "shipped", Optional.of("18"), "1"))
                .hasMessageContaining("no execution waits");
        events.arrived(TenantId.DEFAULT, "shipped", Optional.of("17"), "{\"track\":\"T1\"}");

        assertThat(at(instance)).containsExactly("e");
        assertThat(variable(instance, "parcel")).isEqualTo("{\"track\":\"T1\"}");
    }

    @Test
    void messagesOfOtherReceiveTasksAreOutOfReach() {
        deploy("plain", """
                <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='w'/><receiveTask id='w' messageRef='shipped'/>""", "<message id='shipped' name='internal'/>");
        ProcessInstance instance = host.start("plain");

        assertThatThrownBy(() ->
                        host.bean(AwaitedEvents.class).arrived(TenantId.DEFAULT, "internal", Optional.empty(), "1"))
                .hasMessageContaining("no execution waits");
        assertThat(at(instance)).containsExactly("w");
    }

    @Test
    void aTokenThatIsTakenAwayTakesItsRunAlong() {
        deploy("taken", line(step("c", "answer", "", "return await fastn.waitFor('never');")) + """
                <boundaryEvent id='b' attachedToRef='c'><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
                <sequenceFlow id='fb' sourceRef='b' targetRef='late'/><userTask id='late'/>""");
        ProcessInstance timedOut = host.start("taken");
        ProcessInstance deleted = host.start("taken");
        executeAll();

        host.runtime().deleteProcessInstance(deleted.getId(), "not wanted", true);
        host.at(3601);
        executeAll();

        assertThat(at(timedOut)).containsExactly("late");
        assertThat(host.last("taken").status()).isEqualTo(ExecutionStatus.CANCELED);
        assertNothingIsLeft();
    }

    @Test
    void mistakesInTheCodeOfStepsAreSaidWhenTheProcessIsDeployed() {
        assertThatThrownBy(() -> deploy("mistaken", line(step("c", "x", "", "const a = 1;\nreturn a +;"))))
                .hasStackTraceContaining(
                        "process \"mistaken\" has code that can not run: step \"c\", line 2: FASTN-01001");
        assertThatThrownBy(() ->
                        deploy("unknown", line(step("c", "x", "", "return await fastn.connector.shop.reed({});"))))
                .hasStackTraceContaining("step \"c\", line 1: FASTN-01021")
                .hasStackTraceContaining("The action \"shop.reed\" does not exist");
        assertThatThrownBy(() -> deploy("waits", """
                        <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='t'/><intermediateCatchEvent id='t'>
                        <timerEventDefinition><timeDuration xsi:type='tFormalExpression' language='fastn-js'>1000</timeDuration></timerEventDefinition></intermediateCatchEvent>"""))
                .hasStackTraceContaining(
                        "element \"t\" of process \"waits\" has Fastn code outside a script task or a condition");
    }

    @Test
    void aConditionMakesNoCalls() {
        deploy("calls", """
                <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='g'/><exclusiveGateway id='g' default='no'/>
                <sequenceFlow id='yes' sourceRef='g' targetRef='e'><conditionExpression xsi:type='tFormalExpression' language='fastn-js'>fastn.state.set('x', 1)</conditionExpression></sequenceFlow>
                <sequenceFlow id='no' sourceRef='g' targetRef='e'/><userTask id='e'/>""");

        assertThatThrownBy(() -> host.start("calls"))
                .hasStackTraceContaining("condition of flow \"yes\" failed: TypeError: a condition makes no calls");
    }

    /** {@code bpmn-templates/examples/order-desk.bpmn}: every template that needs no other process. */
    @Test
    void theSampleProcessRuns() throws IOException {
        String sample = Files.readString(Path.of("..", "bpmn-templates", "examples", "order-desk.bpmn"));
        host.deploy(() -> sample);

        ProcessInstance small = order(1, 2);
        executeAll();
        assertThat(at(small)).containsExactly("wait_shipped");
        ProcessInstance large = order(2, 6);
        executeAll();
        assertThat(at(large)).containsExactly("approve");
        assertThat(variable(large, "price")).isEqualTo(540L);
        complete(large, Map.of());
        executeAll();
        assertThat(at(large)).containsExactly("wait_shipped");
        ProcessInstance tooLarge = order(3, 4);
        executeAll();
        assertThat(at(tooLarge)).containsExactly("call_customer");
        assertThat(variable(tooLarge, "reason")).isEqualTo("only 2 of tea are left");

        host.bean(AwaitedEvents.class).arrived(TenantId.DEFAULT, "shipped", Optional.of("1"), "\"T1\"");

        assertThat(host.runtime()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("order-desk")
                        .count())
                .isEqualTo(2);
        assertNothingIsLeft();
    }

    private static ProcessInstance order(int number, int pieces) {
        return host.runtime()
                .startProcessInstanceByKey("order-desk", Map.of("order", number, "item", "tea", "pieces", pieces));
    }

    private static String step(String id, String result, String extensions, String code) {
        return """
                <scriptTask id='%s' scriptFormat='fastn-js' camunda:resultVariable='%s' camunda:asyncBefore='true' camunda:modelerTemplate='ai.fastn.write'>
                <extensionElements>%s<camunda:properties><camunda:property name='fastn.kind' value='WRITE'/></camunda:properties></extensionElements>
                <script><![CDATA[%s]]></script></scriptTask>""".formatted(id, result, extensions, code);
    }

    /** Start, the step {@code c}, and a user task that keeps the process. */
    private static String line(String step) {
        return "<startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='c'/>" + step
                + "<sequenceFlow id='f2' sourceRef='c' targetRef='e'/><userTask id='e'/>";
    }

    private static void deploy(String key, String content) {
        deploy(key, content, "");
    }

    private static void deploy(String key, String content, String roots) {
        host.deploy(() -> "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='test'"
                + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:camunda='http://camunda.org/schema/1.0/bpmn'>"
                + roots + "<process id='" + key
                + "' isExecutable='true' camunda:historyTimeToLive='P1D'>" + content + "</process></definitions>");
    }

    private static void executeAll() {
        List<Job> jobs = host.management().createJobQuery().executable().list();
        while (!jobs.isEmpty()) {
            host.management().executeJob(jobs.get(0).getId());
            jobs = host.management().createJobQuery().executable().list();
        }
    }

    private static void retry(ProcessInstance instance) {
        Job job = host.management()
                .createJobQuery()
                .processInstanceId(instance.getId())
                .singleResult();
        host.management().setJobRetries(job.getId(), 1);
    }

    private static void complete(ProcessInstance instance, Map<String, Object> variables) {
        var tasks = host.bean(TaskService.class);
        Task task = tasks.createTaskQuery().processInstanceId(instance.getId()).singleResult();
        tasks.complete(task.getId(), variables);
    }

    private static Object variable(ProcessInstance instance, String name) {
        return host.runtime().getVariable(instance.getId(), name);
    }

    private static List<String> at(ProcessInstance instance) {
        return host.runtime().getActiveActivityIds(instance.getId());
    }

    private static void assertNothingIsLeft() {
        for (String table : List.of("fastn_checkpoint", "fastn_journal")) {
            assertThat(host.rows(table)).as(table).isZero();
        }
    }
}
