package ai.fastn.camunda.effect.connector.builtin;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.json;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.ConnectorCalls;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code fastn.connector.camunda} in a real engine. */
class CamundaConnectorTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final String DECISION = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" name="d" namespace="http://camunda.org/schema/1.0/dmn">
              <decision id="discount" name="Discount" camunda:historyTimeToLive="P1D">
                <decisionTable id="t" hitPolicy="COLLECT">
                  <input id="i"><inputExpression id="ie" typeRef="integer"><text>amount</text></inputExpression></input>
                  <output id="o" name="percent" typeRef="integer"/>
                  <rule id="r1"><inputEntry id="r1i"><text>&gt;= 100</text></inputEntry><outputEntry id="r1o"><text>5</text></outputEntry></rule>
                  <rule id="r2"><inputEntry id="r2i"><text>&gt;= 500</text></inputEntry><outputEntry id="r2o"><text>9</text></outputEntry></rule>
                </decisionTable>
              </decision>
            </definitions>
            """;

    @RegisterExtension
    static final SteppedHost HOST =
            new SteppedHost(Map.of("fastn.connectors.camunda.processes", "invoice,short,broken"), context -> {});

    @BeforeAll
    static void deploy() {
        HOST.repository()
                .createDeployment()
                .addModelInstance("invoice.bpmn", process("invoice"))
                .addModelInstance("private.bpmn", process("private"))
                .addModelInstance(
                        "short.bpmn",
                        Bpmn.createExecutableProcess("short")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .endEvent()
                                .done())
                .addModelInstance(
                        "broken.bpmn",
                        Bpmn.createExecutableProcess("broken")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .serviceTask()
                                .camundaExpression("${nothing.there}")
                                .endEvent()
                                .done())
                .addString("discount.dmn", DECISION)
                .deploy();
        HOST.repository()
                .createDeployment()
                .tenantId(ACME.value())
                .addModelInstance("invoice.bpmn", process("invoice"))
                .deploy();
    }

    private static BpmnModelInstance process(String key) {
        return Bpmn.createExecutableProcess(key)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .userTask("approve")
                .receiveTask("pay")
                .message("paid")
                .endEvent()
                .done();
    }

    @Test
    void aProcessIsStartedItsTaskCompletedAndItsMessageGiven() {
        String id = start(
                "{'processKey': 'invoice', 'businessKey': 'B1', 'variables': {'amount': 498, 'lines': [1], 'late': null}}");

        assertThat(call("getProcessInstance", "{'processInstanceId': '" + id + "'}", run()))
                .isEqualTo(json(("{'processInstanceId': '" + id + "', 'processKey': 'invoice', 'businessKey': 'B1',"
                                + " 'ended': false, 'variables': {'amount': 498, 'lines': '[1]', 'late': null}}")
                        .replace('\'', '"')));

        call(
                "completeTask",
                "{'processInstanceId': '" + id + "', 'taskKey': 'approve', 'variables': {'ok': true}}",
                run());
        JsonNode given = call("correlateMessage", "{'message': 'paid', 'businessKey': 'B1'}", run());

        assertThat(given.path("processInstanceId").asText()).isEqualTo(id);
        assertThat(call("getProcessInstance", "{'processInstanceId': '" + id + "'}", run())
                        .path("ended")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aRepeatedStartFindsWhatItHasStarted() {
        for (String key : new String[] {"invoice", "short"}) {
            EffectScope first = run();
            EffectScope again = scope(TenantId.DEFAULT, first.execution(), 0, true);
            String input = "{'processKey': '" + key + "'}";

            JsonNode started = call("startProcess", input, first);
            JsonNode found = call("startProcess", input, again);

            assertThat(found).isEqualTo(started);
            assertThat(started.path("businessKey").asText()).isEqualTo(first.idempotencyKey());
            assertThat(HOST.bean(HistoryService.class)
                            .createHistoricProcessInstanceQuery()
                            .processInstanceBusinessKey(first.idempotencyKey())
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aRepeatedCompletionFindsTheTaskCompleted() {
        String id = start("{'processKey': 'invoice'}");
        EffectScope first = run();
        EffectScope again = scope(TenantId.DEFAULT, first.execution(), 0, true);
        String input = "{'processInstanceId': '" + id + "', 'taskKey': 'approve'}";

        assertThat(call("completeTask", input, first)).isEqualTo(call("completeTask", input, again));
        assertThat(failure("completeTask", input, run()).message())
                .isEqualTo("camunda.completeTask: the task does not exist");
    }

    @Test
    void aDecisionGivesTheOutputsOfItsRules() {
        assertThat(call("evaluateDecision", "{'decisionKey': 'discount', 'variables': {'amount': 600}}", run()))
                .isEqualTo(json("{\"rules\": [{\"percent\": 5}, {\"percent\": 9}]}"));
        assertThat(call("evaluateDecision", "{'decisionKey': 'discount', 'variables': {'amount': 1}}", run()))
                .isEqualTo(json("{\"rules\": []}"));
    }

    @Test
    void whatTheEngineRefusesIsSaidWithoutItsWords() {
        assertThat(failure("startProcess", "{'processKey': 'broken'}", run()).message())
                .isEqualTo("camunda.startProcess: the engine refused it; its log says why");
    }

    @Test
    void aProcessThatIsNotListedIsNotTouched() {
        String id = HOST.start("private").getId();
        String task = HOST.bean(TaskService.class)
                .createTaskQuery()
                .processInstanceId(id)
                .singleResult()
                .getId();

        for (EffectOutcome.Failed error : new EffectOutcome.Failed[] {
            failure("startProcess", "{'processKey': 'private'}", run()),
            failure("completeTask", "{'taskId': '" + task + "'}", run())
        }) {
            assertThat(error.message()).contains("process \"private\" may not be used by workflows");
            assertThat(error.fields()).containsEntry("code", "FASTN-03081").containsEntry("retryable", false);
        }
        HOST.bean(TaskService.class).complete(task);
        assertThat(failure("correlateMessage", "{'message': 'paid', 'processInstanceId': '" + id + "'}", run())
                        .fields())
                .containsEntry("code", "FASTN-03081");
    }

    @Test
    void aTenantSeesNothingOfAnother() {
        String id = start("{'processKey': 'invoice'}");
        EffectScope acme = scope(ACME);

        assertThat(failure("getProcessInstance", "{'processInstanceId': '" + id + "'}", acme)
                        .fields())
                .containsEntry("status", 404);
        assertThat(failure("completeTask", "{'processInstanceId': '" + id + "', 'taskKey': 'approve'}", acme)
                        .fields())
                .containsEntry("status", 404);
        assertThat(failure("startProcess", "{'processKey': 'short'}", acme).message())
                .isEqualTo("camunda.startProcess: process \"short\" is not deployed");
        assertThat(failure("evaluateDecision", "{'decisionKey': 'discount'}", acme)
                        .fields())
                .containsEntry("status", 404);
        String own = call("startProcess", "{'processKey': 'invoice'}", acme)
                .path("processInstanceId")
                .asText();
        assertThat(HOST.runtime()
                        .createProcessInstanceQuery()
                        .processInstanceId(own)
                        .singleResult()
                        .getTenantId())
                .isEqualTo("acme");
    }

    @Test
    void aMessageThatNobodyOrSeveralWaitForChangesNothing() {
        assertThat(failure("correlateMessage", "{'message': 'paid'}", run()).message())
                .isEqualTo("camunda.correlateMessage: no process instance waits for message \"paid\"");
        for (int i = 0; i < 2; i++) {
            String id = start("{'processKey': 'invoice', 'businessKey': 'same'}");
            call("completeTask", "{'processInstanceId': '" + id + "', 'taskKey': 'approve'}", run());
        }

        EffectOutcome.Failed several = failure("correlateMessage", "{'message': 'paid', 'businessKey': 'same'}", run());

        assertThat(several.message())
                .isEqualTo("camunda.correlateMessage: several process instances wait for message \"paid\"; name one by"
                        + " businessKey or processInstanceId");
        assertThat(several.fields()).containsEntry("status", 409);
        assertThat(HOST.runtime()
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey("same")
                        .count())
                .isEqualTo(2);
    }

    private static EffectScope run() {
        return scope(TenantId.DEFAULT, new ExecutionId(UUID.randomUUID().toString()), 0, false);
    }

    private static String start(String input) {
        return call("startProcess", input, run()).path("processInstanceId").asText();
    }

    private static JsonNode call(String action, String input, EffectScope scope) {
        return succeeded(perform(action, input, scope)).path("output");
    }

    private static EffectOutcome.Failed failure(String action, String input, EffectScope scope) {
        return failed(perform(action, input, scope));
    }

    private static EffectOutcome perform(String action, String input, EffectScope scope) {
        String arguments = "{\"input\": " + input.replace('\'', '"') + "}";
        return HOST.bean(ConnectorCalls.class)
                .perform(new EffectRequest("connector.camunda." + action, arguments), scope, NO_RECORD);
    }
}
