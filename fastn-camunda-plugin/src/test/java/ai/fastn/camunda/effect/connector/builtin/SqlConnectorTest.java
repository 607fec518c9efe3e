package ai.fastn.camunda.effect.connector.builtin;

import static ai.fastn.camunda.effect.EffectCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.connector.BuiltIns;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fastn.connector.sql} in a real PostgreSQL. */
class SqlConnectorTest {

    private static final DataSource ERP = EffectDatabases.fresh("erp");
    private static BuiltIns calls;

    @BeforeAll
    static void listSources() throws SQLException {
        EffectDatabases.execute(ERP, """
                CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL, since date, rate numeric, tags jsonb);
                INSERT INTO customer VALUES (1, 'Acme', '2026-01-02', 1.50, '["a"]'), (2, 'Globex', NULL, NULL, NULL);
                CREATE ROLE reader LOGIN PASSWORD 'reader'""");
        String url = url();
        calls = new BuiltIns(
                new BuiltInConnectors.Settings(
                        Map.of(
                                "erp", new SqlSource(url, "postgres", null, 2),
                                "gone", new SqlSource("jdbc:postgresql://localhost:1/x", "postgres", null, null),
                                "nobody", new SqlSource(url, "nobody", "wrong-password", null)),
                        List.of(),
                        BuiltInConnectors.Settings.NONE.email(),
                        Map.of(),
                        List.of()),
                "");
    }

    @AfterAll
    static void close() {
        calls.close();
    }

    private static String url() throws SQLException {
        try (Connection connection = ERP.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    @Test
    void aQueryBindsItsParametersAndGivesRowsByName() {
        JsonNode result = calls.call("sql.query", """
                {"source": "erp", "sql": "SELECT * FROM customer WHERE id = ? AND name = ?", "params": [1, "Acme"]}""");

        assertThat(result).isEqualTo(json("""
                {"rows": [{"id": 1, "name": "Acme", "since": "2026-01-02", "rate": "1.50", "tags": ["a"]}],
                 "rowCount": 1}"""));
    }

    @Test
    void typesKeepTheirValues() {
        JsonNode row = calls.call("sql.query", """
                {"source": "erp", "sql": "SELECT 9007199254740993::bigint AS big, true AS yes, 0.5::float8 AS half, \
                timestamptz '2026-03-01 10:00:00+01' AS at, timestamp '2026-03-01 10:00:00' AS local, \
                '\\\\x00ff'::bytea AS bytes, NULL AS nothing, ?::uuid AS id, ?::jsonb AS doc, ? + 1 AS n", \
                "params": ["6f2c1f6e-7c2e-4f6d-9a53-0d6f2f6b8f11", {"a": [1]}, 41]}""").at("/rows/0");

        assertThat(row).isEqualTo(json("""
                {"big": "9007199254740993", "yes": true, "half": 0.5, "at": "2026-03-01T09:00:00Z",
                 "local": "2026-03-01T10:00", "bytes": "AP8=", "nothing": null,
                 "id": "6f2c1f6e-7c2e-4f6d-9a53-0d6f2f6b8f11", "doc": {"a": [1]}, "n": "42"}"""));
    }

    @Test
    void whatIsExecutedIsCommittedAndWhatIsQueriedCanChangeNothing() {
        JsonNode inserted = calls.call("sql.execute", """
                {"source": "erp", "sql": "INSERT INTO customer VALUES (?, ?, ?) RETURNING id", \
                "params": [7, "Hooli", "2026-05-06"]}""");
        JsonNode changed =
                calls.call("sql.execute", "{'source': 'erp', 'sql': 'UPDATE customer SET rate = 2 WHERE id = 7'}");
        EffectOutcome.Failed refused =
                calls.failure("sql.query", "{'source': 'erp', 'sql': 'DELETE FROM customer WHERE id = 7'}");

        assertThat(inserted).isEqualTo(json("{\"rows\": [{\"id\": 7}], \"rowCount\": 1}"));
        assertThat(changed).isEqualTo(json("{\"rows\": [], \"rowCount\": 1}"));
        assertThat(refused.message())
                .isEqualTo("sql.query: the statement failed with SQLSTATE 25006 (it changes something; use execute)");
        assertThat(calls.call("sql.query", "{'source': 'erp', 'sql': 'SELECT name FROM customer WHERE id = 7'}")
                        .at("/rows/0/name")
                        .asText())
                .isEqualTo("Hooli");
    }

    @Test
    void anErrorHasItsStateAndNoValue() {
        EffectOutcome.Failed error = calls.failure("sql.execute", """
                {"source": "erp", "sql": "INSERT INTO customer VALUES (1, ?)", "params": ["Secret Customer"]}""");

        assertThat(error.message())
                .isEqualTo("sql.execute: the statement failed with SQLSTATE 23505 (there is a row with the same key)");
        assertThat(error.fields()).containsEntry("sqlState", "23505").containsEntry("retryable", false);
        assertThat(error.toString()).doesNotContain("Secret Customer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'source': 'gone', 'sql': 'SELECT 1'} | the database can not be reached | true",
                "{'source': 'nobody', 'sql': 'SELECT 1'} | the statement failed with SQLSTATE 28000 (the database refuses user or password) | false",
                "{'source': 'erp', 'sql': 'SELECT pg_sleep(60)', 'timeoutMs': 1000} | the statement failed with SQLSTATE 57014 (it took too long and was cancelled) | false",
                "{'source': 'erp', 'sql': 'SELECT generate_series(1, 4)', 'maxRows': 3} | the statement gives more than 3 rows; it had no effect, ask for less | false",
                "{'source': 'erp', 'sql': 'SELECT x'} | the statement failed with SQLSTATE 42703 (a column does not exist) | false",
                "{'source': 'other', 'sql': 'SELECT 1'} | data source \"other\" is not set; there are erp, gone, nobody | false",
                "{'sql': 'SELECT 1'} | input member \"source\" is missing; there are erp, gone, nobody | false",
                "{'source': 'erp'} | the input does not fit: required property 'sql' not found | false",
            })
    void whatGoesWrongIsSaid(String input, String message, boolean retryable) {
        EffectOutcome.Failed error = calls.failure("sql.query", input);

        assertThat(error.message()).isEqualTo("sql.query: " + message);
        assertThat(error.fields()).containsEntry("retryable", retryable);
    }

    @Test
    void tooManyRowsOfAnExecuteAreRolledBack() {
        calls.failure("sql.execute", """
                {"source": "erp", "maxRows": 1, "sql": "UPDATE customer SET name = 'all' RETURNING id"}""");

        assertThat(calls.call("sql.query", """
                {"source": "erp", "sql": "SELECT count(*)::int AS n FROM customer WHERE name = 'all'"}""").at("/rows/0/n").asInt()).isZero();
    }
}
