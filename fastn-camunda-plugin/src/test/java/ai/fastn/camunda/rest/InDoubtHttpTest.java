package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The disk of the database is full right after a service was called: the outcome of the call can not be recorded. */
@ExtendWith(OutputCaptureExtension.class)
class InDoubtHttpTest {

    private static final String DISK_FULL = """
            CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER disk_full BEFORE INSERT ON fastn_journal FOR EACH ROW
            WHEN (NEW.kind = 'OUTCOME' AND NEW.effect = 'connector.shop.write') EXECUTE FUNCTION disk_full()""";
    private static final String DISK_FREE =
            "DROP TRIGGER IF EXISTS disk_full ON fastn_journal; DROP FUNCTION IF EXISTS disk_full()";
    private static final String NO_RETRIES = """
            CREATE FUNCTION no_retries() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the server stops' USING ERRCODE = '57P01'; END $$;
            CREATE TRIGGER no_retries BEFORE UPDATE ON act_ru_job FOR EACH ROW
            WHEN (NEW.retries_ > OLD.retries_) EXECUTE FUNCTION no_retries()""";
    private static final String RETRIES =
            "DROP TRIGGER IF EXISTS no_retries ON act_ru_job; DROP FUNCTION IF EXISTS no_retries()";
    private static final String WORKFLOW = """
            export default async function (ctx) {
              const receipt = await fastn.connector.shop.write({ x: ctx.input });
              return { receipt };
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

    @AfterEach
    void clearTheDisk() throws SQLException {
        sql(DISK_FREE);
        sql(RETRIES);
    }

    @Test
    void theIncidentShowsTheCallAndTheRunGoesOnWithWhatIsSaidOfIt(CapturedOutput log) throws SQLException {
        String execution = runIntoDoubt("11");
        JsonNode failed = machine.awaitEnd(execution);
        sql(DISK_FREE);

        assertThat(log).contains("could not extend file");
        assertThat(log.toString()).as("what the service answered").doesNotContain(hex("{\"output\":"));

        assertThat(failed.path("status").asText()).isEqualTo("Failed");
        JsonNode error = failed.path("error");
        assertThat(error.path("code").asText()).isEqualTo("FASTN-02011");
        assertThat(error.path("message").asText()).contains("call 0, \"connector.shop.write\"");
        assertThat(error.path("call").asInt()).isZero();
        assertThat(error.at("/arguments/input/x").asText()).isEqualTo("11");
        assertThat(host.shop().calls()).containsExactly("write/11");

        machine.post(inDoubt(execution), "{\"call\": 0, \"happened\": true, \"result\": {\"paid\": true}}")
                .requireStatus(200);

        JsonNode ended = machine.awaitEnd(execution);
        assertThat(ended.path("status").asText()).isEqualTo("Completed");
        assertThat(ended.path("result").toString()).isEqualTo("{\"receipt\":{\"paid\":true}}");
        assertThat(host.shop().calls()).as("seen once").containsExactly("write/11");
    }

    @Test
    void aCallThatDidNotHappenIsMade() throws SQLException {
        String execution = runIntoDoubt("12");
        machine.awaitEnd(execution);
        sql(DISK_FREE);
        host.shop().clear();

        machine.post(inDoubt(execution), "{\"call\": 0, \"happened\": false}").requireStatus(200);

        assertThat(machine.awaitEnd(execution).path("status").asText()).isEqualTo("Completed");
        assertThat(host.shop().calls()).containsExactly("write/12");
        machine.post(inDoubt(execution), "{\"call\": 0, \"happened\": false}").requireProblem(409, "FASTN-04011");
    }

    @Test
    void anAnswerThatTheRunCanNotGoOnWithIsNotWritten() throws SQLException {
        String execution = runIntoDoubt("14");
        machine.awaitEnd(execution);
        sql(DISK_FREE);
        sql(NO_RETRIES);
        String answer = "{\"call\": 0, \"happened\": true, \"result\": {\"paid\": true}}";

        machine.post(inDoubt(execution), answer).requireStatus(500);
        sql(RETRIES);
        machine.post(inDoubt(execution), answer).requireStatus(200);

        assertThat(machine.awaitEnd(execution).path("result").toString()).isEqualTo("{\"receipt\":{\"paid\":true}}");
        assertThat(host.shop().calls()).as("seen once").containsExactly("write/14");
    }

    @Test
    void anAnswerNamesTheCallAndWhetherItHappenedAndBelongsToTheTenant() throws SQLException {
        String execution = runIntoDoubt("13");
        machine.awaitEnd(execution);

        machine.post(inDoubt(execution), "{\"happened\": true}").requireProblem(400, "FASTN-06003");
        machine.post(inDoubt(execution), "{\"call\": 0}").requireProblem(400, "FASTN-06003");
        machine.post(inDoubt(execution), "{\"call\": 1, \"happened\": true}").requireProblem(409, "FASTN-04011");
        machine.post(inDoubt("nobody"), "{\"call\": 0, \"happened\": true}").requireProblem(404, "FASTN-04009");
        machine.with("x-fastn-access-key", host.acmeKey())
                .with("x-fastn-account-tenant-id", "acme")
                .post(inDoubt(execution), "{\"call\": 0, \"happened\": true}")
                .requireProblem(404, "FASTN-04009");
    }

    private String runIntoDoubt(String input) throws SQLException {
        String slug = "pay-once-" + input;
        machine.install(slug, "standard", WORKFLOW);
        sql(DISK_FULL);
        return machine.execute(slug, input).requireStatus(202).text("/data/executionId");
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String inDoubt(String execution) {
        return "/executions/" + execution + "/in-doubt";
    }

    private void sql(String statements) throws SQLException {
        EffectDatabases.execute(host.bean(DataSource.class), statements);
    }
}
