package ai.fastn.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.fastn.examples.host.demo.DemoStore;
import ai.fastn.examples.host.first.DemoTenant;
import ai.fastn.examples.host.first.Example;
import ai.fastn.examples.host.first.WorkflowsClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.web.client.RestClientResponseException;

/**
 * Every case of every example, executed over HTTP against the demo back ends and recorded, then played back from the
 * recording; then what the back ends stored is looked at, once.
 */
class ExamplesTest extends RunningHost {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WorkflowsClient client;
    private final DemoStore store;
    private final Environment environment;

    @Autowired
    ExamplesTest(@Value("${fastn.host.url}") String url, DemoTenant tenant, DemoStore store, Environment environment) {
        super(url);
        this.client = new WorkflowsClient(url, tenant, tenant.createAccessKey());
        this.store = store;
        this.environment = environment;
    }

    @TestFactory
    Stream<DynamicTest> everyCaseEndsAsItSays() {
        return Example.all().stream()
                .flatMap(example -> cases(example).stream()
                        .map(wanted -> DynamicTest.dynamicTest(
                                example.slug() + ": " + wanted.get("name").asText(), () -> check(example, wanted))));
    }

    @Test
    void everyFolderIsAnExampleWithCases() {
        assertThat(Example.all())
                .extracting(Example::slug)
                .containsExactly(
                        "crm-cursor-sync",
                        "hubspot-deal-to-gamma-deck",
                        "nightly-report",
                        "oauth-protected-api",
                        "order-check",
                        "order-confirmation-email",
                        "paged-deal-sync",
                        "upsert-report");
        assertThat(Example.all())
                .allSatisfy(example -> assertThat(cases(example)).isNotEmpty());
    }

    private void check(Example example, JsonNode wanted) throws SQLException {
        ObjectNode start = JSON.createObjectNode().put("record", true);
        start.set("input", wanted.get("input"));
        JsonNode run = execute(example, start);

        check(run, wanted);
        start.remove("record");
        start.set("mocks", client.recording(run.path("id").asText()));
        check(execute(example, start), wanted);
        for (JsonNode stored : wanted.get("stored")) {
            assertThat(rows(stored)).as(stored.get("sql").asText()).isEqualTo(stored.get("rows"));
        }
    }

    private static void check(JsonNode run, JsonNode wanted) {
        assertThat(run.path("status").asText())
                .as(run.toPrettyString())
                .isEqualTo(wanted.get("status").asText());
        if (wanted.has("result")) {
            assertThat(run.get("result")).isEqualTo(wanted.get("result"));
        }
        if (wanted.has("error")) {
            assertThat(run.at("/error/name")).isEqualTo(wanted.at("/error/name"));
            assertThat(run.at("/error/message")).isEqualTo(wanted.at("/error/message"));
        }
    }

    /**
     * The run when it has ended; an Instant run whose code throws answers 422, and its id stands in the same header.
     */
    private JsonNode execute(Example example, ObjectNode start) {
        HttpHeaders headers;
        try {
            headers = client.start(example.slug(), start).getHeaders();
        } catch (RestClientResponseException e) {
            headers = e.getResponseHeaders();
        }
        assertThat(headers).isNotNull();
        String id = headers.getFirst("x-fastn-execution-id");
        assertThat(id).isNotNull();
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> client.execution(id),
                        execution -> !execution.path("status").asText().equals("Running"));
    }

    private JsonNode rows(JsonNode stored) throws SQLException {
        String query = stored.get("sql").asText();
        List<Map<String, Object>> rows = stored.get("in").asText().equals("demo")
                ? store.sql(query).query().listOfRows()
                : tenantRows(query);
        return JSON.valueToTree(rows.stream().map(Map::values).toList());
    }

    /** Looks into the only tenant's schema as the database's administrator. */
    private List<Map<String, Object>> tenantRows(String query) throws SQLException {
        String prefix = "fastn.tenants.datasource.";
        try (Connection connection = DriverManager.getConnection(
                environment.getRequiredProperty(prefix + "url"),
                environment.getRequiredProperty(prefix + "username"),
                environment.getRequiredProperty(prefix + "password"))) {
            JdbcTemplate sql = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            String schema = sql.queryForObject(
                    "SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_[0-9a-f]{16}$'", String.class);
            sql.execute("SET search_path = " + schema);
            return sql.queryForList(query);
        }
    }

    private static List<JsonNode> cases(Example example) {
        List<JsonNode> cases = new ArrayList<>();
        example.cases().forEach(cases::add);
        return cases;
    }
}
