package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A workflow waits for an event, and another system sends it over the REST API. */
class EventHttpTest {

    private static final String WORKFLOW = """
            export default async function (ctx) {
              const answer = await fastn.waitFor('answered', { key: ctx.input.id });
              await fastn.connector.shop.write({ x: answer.by });
              return { by: answer.by };
            }
            """;

    private RunningHost host;
    private Machine machine;

    @BeforeEach
    void connect() {
        host = RunningHost.shared();
        machine = Machine.of(host);
        host.shop().clear();
    }

    @Test
    void theRunGoesOnWithThePayload() {
        machine.install("waits-for-answer", "long", WORKFLOW);
        String execution = machine.execute("waits-for-answer", "{\"id\": \"e 1/ü\"}")
                .requireStatus(202)
                .text("/data/executionId");
        awaitSubscription("answered:e 1/ü");

        machine.post("/events/answered", "{\"key\": \"e 1/ü\", \"payload\": {\"by\": \"ada\"}}")
                .requireStatus(200);

        JsonNode ended = machine.awaitEnd(execution);
        assertThat(ended.path("status").asText()).isEqualTo("Completed");
        assertThat(ended.path("result").toString()).isEqualTo("{\"by\":\"ada\"}");
        assertThat(host.shop().calls()).containsExactly("write/ada");
        machine.post("/events/answered", "{\"key\": \"e 1/ü\"}").requireProblem(404, "FASTN-04012");
    }

    @Test
    void anEventIsForItsTenantOnlyAndItsBodySaysWhatItMeans() {
        machine.install("waits-for-tenant", "long", WORKFLOW);
        machine.execute("waits-for-tenant", "{\"id\": \"e2\"}").requireStatus(202);
        awaitSubscription("answered:e2");

        machine.with("x-fastn-access-key", host.acmeKey())
                .with("x-fastn-account-tenant-id", "acme")
                .post("/events/answered", "{\"key\": \"e2\"}")
                .requireProblem(404, "FASTN-04012");
        machine.post("/events/answered", "{\"key\": 2}").requireProblem(400, "FASTN-06003");
        machine.post("/events/answered", "{\"id\": \"e2\"}").requireProblem(400, "FASTN-06003");
        machine.post("/events/answered", "").requireProblem(404, "FASTN-04012");
    }

    @Test
    void anEventThatComesBeforeItsRunIsKeptOnRequest() {
        machine.install("waits-for-early", "long", WORKFLOW);
        machine.post("/events/answered", "{\"key\": \"e3\", \"payload\": {\"by\": \"eve\"}}")
                .requireProblem(404, "FASTN-04012");

        Reply kept = machine.post(
                        "/events/answered", "{\"key\": \"e3\", \"payload\": {\"by\": \"eve\"}, \"keep\": 600}")
                .requireStatus(202);
        String execution = machine.execute("waits-for-early", "{\"id\": \"e3\"}")
                .requireStatus(202)
                .text("/data/executionId");

        assertThat(kept.json().path("delivered").asBoolean()).isFalse();
        assertThat(Instant.parse(kept.text("/keptUntil")))
                .isBetween(Instant.now().plusSeconds(300), Instant.now().plusSeconds(600));
        assertThat(machine.awaitEnd(execution).path("result").toString()).isEqualTo("{\"by\":\"eve\"}");
        assertThat(host.rows("fastn_kept_event")).isZero();
    }

    @Test
    void aTimeToKeepIsOneSecondToThirtyDays() {
        for (String keep : new String[] {"0", "-1", "2592001", "1.5", "\"600\""}) {
            machine.post("/events/answered", "{\"key\": \"e4\", \"keep\": " + keep + "}")
                    .requireProblem(400, "FASTN-06003");
        }
    }

    private void awaitSubscription(String message) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> host.bean(RuntimeService.class)
                                .createEventSubscriptionQuery()
                                .eventName(message)
                                .count()
                        == 1);
    }
}
