package ai.fastn.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;

class HostTest extends RunningHost {

    private final ProcessEngine engine;
    private final JdbcTemplate sql;
    private final Environment environment;

    @Autowired
    HostTest(@Value("${fastn.host.url}") String url, ProcessEngine engine, JdbcTemplate sql, Environment environment) {
        super(url);
        this.engine = engine;
        this.sql = sql;
        this.environment = environment;
    }

    /** A delegate as other applications have them. */
    public static final class Doubling implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {
            execution.setVariable("doubled", 2 * (Integer) execution.getVariable("number"));
        }
    }

    @Test
    void cockpitAnswersWithItsLoginPage() {
        var answer = get("/camunda/app/cockpit/default/");

        assertThat(answer.getStatusCode().value()).isEqualTo(200);
        assertThat(answer.getBody()).contains("Camunda Cockpit");
    }

    @Test
    void engineRestAsksForALogin() {
        assertThat(get("/engine-rest/process-definition").getStatusCode().value())
                .isEqualTo(401);
        var answer = http().get()
                .uri("/engine-rest/process-definition")
                .headers(headers -> headers.setBasicAuth("demo", "demo"))
                .retrieve()
                .toBodilessEntity();
        assertThat(answer.getStatusCode().value()).isEqualTo(200);
    }

    /** Camunda's own REST API starts the same run: inline result, row in the Execution Log. */
    @ParameterizedTest
    @ValueSource(strings = {"String", "Json"})
    void aWorkflowIsStartedNativelyOverEngineRest(String type) {
        String input = "{\\\"orderId\\\": \\\"1001\\\"}";
        var answer = http().post()
                .uri("/engine-rest/process-definition/key/order-check/start")
                .headers(headers -> headers.setBasicAuth("demo", "demo"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(
                        "{\"variables\": {\"input\": {\"value\": \"%s\", \"type\": \"%s\"}}, \"withVariablesInReturn\": true}"
                                .formatted(input, type))
                .retrieve()
                .toEntity(String.class);

        assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(200);
        assertThat(answer.getBody()).contains("\"ended\":true").contains("\\\"decision\\\":\\\"ship\\\"");
        assertThat(sql.queryForObject(
                        "SELECT status || ' ' || triggered_by || ' ' || started_by FROM fastn_execution"
                                + " WHERE slug = 'order-check' ORDER BY started_at DESC LIMIT 1",
                        String.class))
                .isEqualTo("COMPLETED engine demo");
    }

    @Test
    void processesOfOthersRunBesideTheWorkflows() {
        engine.getRepositoryService()
                .createDeployment()
                .name("beside")
                .addClasspathResource("beside.bpmn")
                .deploy();

        var run = engine.getRuntimeService()
                .createProcessInstanceByKey("beside")
                .setVariable("number", 21)
                .executeWithVariablesInReturn();

        assertThat(run.isEnded()).isTrue();
        assertThat(run.getVariables()).containsEntry("doubled", 42).containsEntry("text", "groovy saw 42");
    }

    @Test
    void theDatabaseKeepsWhatItConfirmed() {
        assertThat(sql.queryForObject("SHOW fsync", String.class)).isEqualTo("on");
        assertThat(sql.queryForObject("SHOW synchronous_commit", String.class)).isEqualTo("on");
        assertThat(sql.queryForObject("SHOW server_version_num", Integer.class)).isBetween(170_000, 179_999);
    }

    @Test
    void nobodyGetsIntoTheDatabaseWithoutAPassword() {
        String url = environment.getRequiredProperty("spring.datasource.url");

        for (String role : new String[] {"postgres", "fastn"}) {
            assertThatThrownBy(() -> DriverManager.getConnection(url, role, "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refusal -> assertThat(refusal.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void theEngineIsNoSuperuserAndTheTenantsHaveADatabaseOfTheirOwn() {
        assertThat(sql.queryForObject("SELECT rolsuper FROM pg_roles WHERE rolname = current_user", Boolean.class))
                .isFalse();
        assertThat(environment.getRequiredProperty("fastn.tenants.datasource.url"))
                .endsWith("/fastn_tenants");
        assertThat(sql.queryForObject(
                        "SELECT has_database_privilege('fastn', 'fastn_tenants', 'CONNECT')", Boolean.class))
                .isFalse();
    }

    @Test
    void removalTimesAreSetAtTheStartOfARun() {
        processesOfOthersRunBesideTheWorkflows();

        assertThat(sql.queryForObject(
                        "SELECT count(*) FROM act_hi_procinst WHERE proc_def_key_ = 'beside' AND removal_time_ IS NULL",
                        Integer.class))
                .isZero();
    }
}
