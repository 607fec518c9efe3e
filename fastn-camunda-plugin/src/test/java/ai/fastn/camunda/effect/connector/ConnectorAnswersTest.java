package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectOutcome;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service answers, or does not, and what the code of a workflow gets of it. */
class ConnectorAnswersTest {

    private static final Crm CRM = new Crm();
    private static final FakeService SERVICE = CRM.service;
    private static final FakeService OTHER = CRM.other;

    @AfterAll
    static void close() {
        CRM.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400,false",
        "401,false",
        "404,false",
        "408,true",
        "409,false",
        "429,true",
        "500,true",
        "501,false",
        "503,true"
    })
    void anErrorOfTheServiceHasItsStatusAndSaysWhetherToRetry(int status, boolean retryable) {
        SERVICE.answer(
                "/deals/e", status, "application/json", "{\"why\": \"no " + Crm.TOKEN + "\"}", "Retry-After", "2");

        EffectOutcome.Failed error = CRM.failureOnce("{'dealId': 'e'}");

        assertThat(error.name()).isEqualTo("ConnectorError");
        assertThat(error.message()).startsWith("crm.getDeal: the service answered " + status + " ");
        assertThat(error.fields())
                .containsEntry("code", "FASTN-03003")
                .containsEntry("status", status)
                .containsEntry("connector", "crm")
                .containsEntry("action", "getDeal")
                .containsEntry("retryable", retryable)
                .containsEntry("retryAfterMs", 2000L)
                .containsEntry("output", Map.of("why", "no «secret:CRM_TOKEN»"));
    }

    @Test
    void retryAfterMayBeADate() {
        SERVICE.answer("/deals/d", 503, "text/plain", "wait", "Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT");

        assertThat(CRM.failureOnce("{'dealId': 'd'}").fields())
                .containsEntry("retryAfterMs", 0L)
                .containsEntry("output", "wait");
    }

    @Test
    void anAnswerIsCutAtItsLimitAfterDecoding() {
        SERVICE.answer("/deals/bomb", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
                byte[] zeros = new byte[65_536];
                for (int i = 0; i < 400; i++) {
                    out.write(zeros);
                }
            }
        });

        assertThat(CRM.failure("crm.getDeal", "{'dealId': 'bomb'}").message())
                .isEqualTo("crm.getDeal: the answer has more than 10485760 bytes");
    }

    @Test
    void anAnswerThatSaysJsonAndIsNotIsAnError() {
        SERVICE.answer("/deals/broken", 200, "application/json", "<html>");

        EffectOutcome.Failed error = CRM.failure("crm.getDeal", "{'dealId': 'broken'}");

        assertThat(error.message()).isEqualTo("crm.getDeal: the service answered 200 with a body that is not JSON");
        assertThat(error.fields()).containsEntry("output", "<html>");
    }

    @Test
    void anAnswerThatIsNoTextComesAsItsBytesAndOneOfAnotherCharsetAsText() {
        SERVICE.answer("/deals/picture", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {(byte) 0xff, 0});
        });
        SERVICE.answer("/deals/latin", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/csv; charset=iso-8859-1");
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write(0xfc);
        });

        assertThat(CRM.call("crm.getDeal", "{'dealId': 'picture'}")
                        .path("bytes")
                        .asText())
                .isEqualTo("/wA=");
        assertThat(CRM.call("crm.getDeal", "{'dealId': 'latin'}").path("output").asText())
                .isEqualTo("ü");
    }

    @Test
    void anEmptyAnswerIsNull() {
        SERVICE.answer("/deals/empty", 204, "text/plain", "");

        assertThat(CRM.call("crm.getDeal", "{'dealId': 'empty'}").path("output").isNull())
                .isTrue();
    }

    @Test
    void aRedirectOfAReadIsFollowedWithoutTheCredentials() {
        OTHER.answer("/moved", 200, "text/plain", "there");
        SERVICE.answer("/deals/r", 302, "text/plain", "", "Location", "http://localhost:" + OTHER.port() + "/moved");

        assertThat(CRM.call("crm.getDeal", "{'dealId': 'r'}").path("output").asText())
                .isEqualTo("there");
        assertThat(OTHER.last().header("Authorization")).isEmpty();
    }

    @Test
    void aRedirectIntoTheNetworkIsRefused() {
        SERVICE.answer("/deals/in", 302, "text/plain", "", "Location", "http://169.254.169.254/latest/meta-data");

        EffectOutcome.Failed error = CRM.failure("crm.getDeal", "{'dealId': 'in'}");

        assertThat(error.fields()).containsEntry("code", "FASTN-03006");
        assertThat(error.message()).contains("has an address inside this network");
    }

    @Test
    void aRedirectLoopEnds() {
        SERVICE.answer("/deals/loop", 302, "text/plain", "", "Location", "/deals/loop");

        assertThat(CRM.failure("crm.getDeal", "{'dealId': 'loop'}").message())
                .isEqualTo("crm.getDeal: the service redirected more than 5 times");
    }

    @Test
    void aRedirectOfAWriteIsNotFollowed() {
        SERVICE.answer("/go", 307, "text/plain", "", "Location", "/deals");

        assertThat(CRM.failure("open.go", "{}").fields()).containsEntry("status", 307);
    }

    @Test
    void aServiceThatDoesNotAnswerEndsWithTheTimeout() {
        CountDownLatch done = new CountDownLatch(1);
        SERVICE.answer("/slow", exchange -> await(done));
        try {
            EffectOutcome.Failed write = CRM.failure("open.slow", "{}");

            assertThat(write.message()).isEqualTo("open.slow: the service did not answer within 200 ms");
            assertThat(write.fields()).as("nobody knows whether it happened").containsEntry("retryable", false);
        } finally {
            done.countDown();
        }
    }

    @Test
    void anInterruptedRunAbortsItsCall() {
        Thread.currentThread().interrupt();

        EffectOutcome.Failed error = CRM.failure("crm.getDeal", "{'dealId': 1}");

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(error.message()).isEqualTo("crm.getDeal: the call was aborted");
    }

    @Test
    void aServiceThatIsNotThereIsWorthARetry() {
        int port;
        try (FakeService gone = new FakeService()) {
            port = gone.port();
        }
        ConnectorDefinition definition =
                new ConnectorFiles(text -> text).parse("gone.yaml", Crm.yaml("{type: none}", "gone", port));
        try (ConnectorCalls calls = new ConnectorCalls(
                new ConnectorRegistry(List.of(definition), Map.of()),
                CRM.secrets,
                EgressGuard.allowing("localhost:" + port))) {
            EffectOutcome.Failed error =
                    failed(calls.perform(Crm.request("gone.createDeal", "{}"), CRM.run, NO_RECORD));

            assertThat(error.message()).isEqualTo("gone.createDeal: the service can not be reached");
            assertThat(error.fields()).containsEntry("retryable", true);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
