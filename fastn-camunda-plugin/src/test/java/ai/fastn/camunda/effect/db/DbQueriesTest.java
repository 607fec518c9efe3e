package ai.fastn.camunda.effect.db;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.json;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectCalls;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DbQueriesTest {

    private static final TenantsDatabase TENANTS = new TenantsDatabase();

    @AfterAll
    static void close() {
        TENANTS.close();
    }

    @Test
    void theStatementsOfTheProductPageRunVerbatim() {
        TENANTS.query(TENANT_A, """

                  CREATE TABLE IF NOT EXISTS sync_log (
                    id SERIAL PRIMARY KEY,
                    source_id TEXT,
                    synced_at TIMESTAMP DEFAULT NOW()
                  )
                """);

        JsonNode inserted = TENANTS.query(TENANT_A, "INSERT INTO sync_log (source_id) VALUES ($1)", "['deal-1']");
        JsonNode found = TENANTS.query(TENANT_A, "SELECT * FROM sync_log WHERE source_id = $1", "['deal-1']");

        assertThat(inserted).isEqualTo(json("{\"columns\":[],\"rows\":[],\"rowCount\":1}"));
        assertThat(found.path("columns")).isEqualTo(json("[\"id\",\"source_id\",\"synced_at\"]"));
        assertThat(found.path("rowCount").asInt()).isOne();
        assertThat(found.path("rows").path(0).path(0)).isEqualTo(json("1"));
        assertThat(found.path("rows").path(0).path(2).path("date").asText()).matches("20..-.*Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text        | 'ü😀"\\''                     | "ü😀\\"'"
            int         | 42                            | 42
            int         | '42'                          | 42
            bigint      | {'bigint': '9007199254740993'} | "9007199254740993"
            bigint      | 7                             | "7"
            numeric     | 1.50                          | "1.5"
            numeric     | '1.50'                        | "1.50"
            float8      | 1e-7                          | 1e-07
            float8      | 'NaN'                         | "NaN"
            boolean     | true                          | true
            date        | '2026-02-03'                  | {"date":"2026-02-03T00:00:00Z"}
            timestamp   | {'date': '2026-02-03T04:05:06.789Z'} | {"date":"2026-02-03T04:05:06.789Z"}
            timestamptz | '2026-02-03T04:05:06+02:00'   | {"date":"2026-02-03T02:05:06Z"}
            timestamptz | 'infinity'                    | "infinity"
            json        | {'json': {'a': [1, null]}}    | {"json":{"a":[1,null]}}
            jsonb       | '[1, {}]'                     | {"json":[1,{}]}
            bytea       | {'bytes': 'AP8Q'}             | {"bytes":"AP8Q"}
            uuid        | '8a6e0804-2bd0-4672-b79d-d97027f9071a' | "8a6e0804-2bd0-4672-b79d-d97027f9071a"
            int[]       | [1, null, 3]                  | [1,null,3]
            text[]      | ['a,b', 'c"}\\\\', null, 'NULL', ''] | ["a,b","c\\"}\\\\",null,"NULL",""]
            text[]      | []                            | []
            int[]       | [[1, 2], [3, 4]]              | [[1,2],[3,4]]
            jsonb[]     | [{'json': {'a': 1}}]          | [{"json":{"a":1}}]
            bigint[]    | [1]                           | ["1"]
            interval    | '1 day'                       | "1 day"
            text        | null                          | null
            """)
    void aValueOfEachTypeSurvives(String type, String parameter, String cell) {
        String wire =
                parameter.replace("\\''", "\\u0027'").replace("c\"}", "c\\\"}").replace("😀\"", "😀\\\"");

        JsonNode result = TENANTS.query(TENANT_A, "SELECT $1::" + type, "[" + wire + "]");

        assertThat(result.path("rows").path(0).path(0).toString())
                .isEqualTo(json(cell).toString());
    }

    @Test
    void aRepeatedParameterIsOneValueAndALiteralQuestionMarkStays() {
        JsonNode result = TENANTS.query(
                TENANT_A,
                "SELECT '{\"a\": 1}'::jsonb ? 'a' AS has, '?' || $1::text || $$ $2 ? $$ || $1 AS text -- $3 ?",
                "['x']");

        assertThat(result.path("rows").path(0)).isEqualTo(json("[true, \"?x $2 ? x\"]"));
    }

    @Test
    void anEnumOfTheTenantIsReadAsText() {
        TENANTS.query(TENANT_A, "CREATE TYPE mood AS ENUM ('happy')");

        assertThat(TENANTS.query(TENANT_A, "SELECT $1::mood", "['happy']")
                        .path("rows")
                        .path(0)
                        .path(0)
                        .asText())
                .isEqualTo("happy");
    }

    @Test
    void returningAndOnConflictWork() {
        TENANTS.query(TENANT_A, "CREATE TABLE report (day text PRIMARY KEY, n int)");
        String upsert = "INSERT INTO report VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET n = excluded.n RETURNING n";

        TENANTS.query(TENANT_A, upsert, "['mon', 1]");

        assertThat(TENANTS.query(TENANT_A, upsert, "['mon', 2]").path("rows")).isEqualTo(json("[[2]]"));
        assertThat(TENANTS.count(TENANT_A, "report")).isOne();
    }

    @Test
    void tenantsHaveTablesOfTheSameNameWithoutSeeingEachOther() {
        TENANTS.query(TENANT_A, "CREATE TABLE customers AS SELECT 1 AS id");

        assertThat(TENANTS.failure(TENANT_B, "SELECT * FROM customers", "[]").message())
                .isEqualTo("42P01: relation \"customers\" does not exist");
        TENANTS.query(TENANT_B, "CREATE TABLE customers (id int)");
        assertThat(TENANTS.count(TENANT_A, "customers")).isOne();
        assertThat(TENANTS.count(TENANT_B, "customers")).isZero();
    }

    @Test
    void anErrorNamesItsSqlstateAndNoValue() {
        TENANTS.query(TENANT_A, "CREATE TABLE mails (mail text PRIMARY KEY)");
        TENANTS.query(TENANT_A, "INSERT INTO mails VALUES ($1)", "['secret@example.org']");

        EffectOutcome.Failed twice =
                TENANTS.failure(TENANT_A, "INSERT INTO mails VALUES ($1)", "['secret@example.org']");
        EffectOutcome.Failed wrong = TENANTS.failure(TENANT_A, "SELECT $1::int", "['secret \\\"x']");

        assertThat(twice.name()).isEqualTo("DatabaseError");
        assertThat(twice.message()).isEqualTo("23505: duplicate key value violates unique constraint \"mails_pkey\"");
        assertThat(twice.fields())
                .containsEntry("code", "FASTN-03011")
                .containsEntry("sqlState", "23505")
                .containsEntry("retryable", false);
        assertThat(wrong.message()).isEqualTo("22P02: invalid input syntax for type integer: \"…\"");
    }

    @Test
    void aResultAboveTheLimitsIsAnErrorAndHasNoEffect() {
        TENANTS.query(TENANT_A, "CREATE TABLE big (n int)");

        assertThat(TENANTS.failure(TENANT_A, "INSERT INTO big SELECT generate_series(1, 101) RETURNING n", "[]")
                        .message())
                .isEqualTo(
                        "SQL statement gives more than 100 rows; it had no effect, ask for less, for example by LIMIT");
        assertThat(TENANTS.failure(TENANT_A, "SELECT repeat('x', 100001)", "[]").fields())
                .containsEntry("code", "FASTN-03012");
        assertThat(TENANTS.failure(TENANT_A, "SELECT repeat('x', 100000000)", "[]")
                        .fields())
                .containsEntry("code", "FASTN-03012");
        assertThat(TENANTS.count(TENANT_A, "big")).isZero();
        assertThat(TENANTS.query(TENANT_A, "SELECT generate_series(1, 100)")
                        .path("rowCount")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void aStatementEndsWithTheTimeOfItsRun() {
        var hurry = new EffectScope(
                TENANT_A,
                Environment.PRODUCTION,
                WorkflowSlug.of("sync"),
                scope(TENANT_A).execution(),
                0,
                1,
                false,
                List.of(),
                0,
                false,
                ConnectorVersions.NONE,
                Duration.ofMillis(300));

        EffectOutcome.Failed outcome = EffectCalls.failed(TENANTS.perform(
                hurry,
                "SELECT count(*) FROM generate_series(1, 1000) a, generate_series(1, 1000) b, generate_series(1, 1000) c, generate_series(1, 1000) d",
                "[]"));

        assertThat(outcome.fields()).containsEntry("sqlState", "57014").containsEntry("retryable", true);
    }

    @Test
    void anInterruptedRunStopsWaiting() {
        Thread.currentThread().interrupt();

        EffectOutcome.Failed outcome = TENANTS.failure(TENANT_A, "SELECT 1", "[]");

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(outcome.fields()).containsEntry("sqlState", "57014").containsEntry("retryable", false);
    }

    @Test
    void manyRunsMayCreateTheSameTableAtOnce() {
        List<EffectOutcome> outcomes = IntStream.range(0, 12)
                .parallel()
                .mapToObj(run -> TENANTS.perform(
                        scope(TENANT_A), "CREATE TABLE IF NOT EXISTS race (id SERIAL PRIMARY KEY, t TEXT)", "[]"))
                .toList();

        assertThat(outcomes).allSatisfy(EffectCalls::succeeded);
    }

    @Test
    void readsAndWritesAreTold() {
        assertThat(List.of(
                        "SELECT 1",
                        "with x as (select 1) table x",
                        "VALUES (1)",
                        "EXPLAIN SELECT 1",
                        "(select 1)",
                        "select 'insert into'"))
                .allSatisfy(sql -> assertThat(TENANTS.queries.kind(TenantsDatabase.request(sql, "[]")))
                        .isEqualTo(StepKind.READ));
        assertThat(List.of(
                        "INSERT INTO t VALUES (1)",
                        "WITH x AS (DELETE FROM t RETURNING 1) SELECT * FROM x",
                        "SELECT * INTO t2 FROM t",
                        "select nextval('s')",
                        "select \"nextval\"('s')",
                        "explain analyze update t set a = 1",
                        "CREATE TABLE t (a int)",
                        "not sql"))
                .allSatisfy(sql -> assertThat(TENANTS.queries.kind(TenantsDatabase.request(sql, "[]")))
                        .isEqualTo(StepKind.WRITE));
    }

    @Test
    void poolsOfTenantsThatDoNothingAreClosed() {
        try (TenantsDatabase tenants = new TenantsDatabase()) {
            IntStream.range(0, 5).forEach(i -> tenants.query(new TenantId("many-" + i), "SELECT 1"));
            assertThat(tenants.database.openPools()).isEqualTo(5);

            tenants.database.closeIdlePools(Duration.ZERO);

            assertThat(tenants.database.openPools()).isZero();
            assertThat(tenants.query(new TenantId("many-0"), "SELECT 1")
                            .path("rowCount")
                            .asInt())
                    .isOne();
        }
    }

    @Test
    void theDatabaseOfTheEngineIsRefused() throws Exception {
        DataSource engine = EffectDatabases.fresh("engine");
        EffectDatabases.execute(engine, "CREATE TABLE act_ge_property (name_ text)");
        try (TenantsDatabase tenants = new TenantsDatabase(engine)) {
            EffectOutcome.Failed outcome = tenants.failure(TENANT_A, "SELECT 1", "[]");

            assertThat(outcome.message())
                    .isEqualTo(
                            "database of the tenants can not be used: it is the database of the process engine; tenants need one of their own");
            assertThat(outcome.fields()).containsEntry("code", "FASTN-03013");
        }
    }
}
