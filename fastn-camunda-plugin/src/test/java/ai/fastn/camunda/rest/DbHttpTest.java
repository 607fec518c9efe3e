package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fastn.db} in a workflow: what the code sees of rows and of errors. */
class DbHttpTest {

    private static final String CODE = """
            export default async function (ctx) {
              const table = `mails_${ctx.input}`;
              await fastn.db.query(`CREATE TABLE IF NOT EXISTS ${table} (mail text PRIMARY KEY, n bigint, at timestamptz, raw bytea, tags text[], more jsonb)`);
              const insert = `INSERT INTO ${table} VALUES ($1, $2, $3, $4, $5, $6) RETURNING *`;
              const values = ["a@example.org", 9007199254740993n, new Date(0), new Uint8Array([1, 255]), ["x", null], { deep: [1] }];
              const [row] = await fastn.db.query(insert, values);
              let caught;
              try {
                await fastn.db.query(insert, values);
              } catch (error) {
                caught = [error.name, error.sqlState, error.message, error.retryable];
              }
              const upsert = `INSERT INTO ${table} (mail, n) VALUES ($1, 1) ON CONFLICT (mail) DO UPDATE SET n = ${table}.n + 1`;
              const { rowCount } = await fastn.db.query(upsert, ["a@example.org"]);
              const found = await fastn.db.query(`SELECT n FROM ${table} WHERE mail = $1`, ["a@example.org"]);
              return { row: [row.n, row.at.getTime(), [...row.raw], row.tags, row.more], caught, rowCount, found, same: found.rows === found };
            }
            """;

    private final RunningHost host = RunningHost.shared();
    private final Machine machine = Machine.of(host);

    @ParameterizedTest
    @ValueSource(strings = {"instant", "standard"})
    void typesSurviveAndACaughtErrorLeavesTheWorkflowAbleToGoOn(String tier) {
        machine.install("db-" + tier, tier, CODE);

        Reply reply = machine.execute("db-" + tier, "\"" + tier + "\"");
        JsonNode result = reply.status() == 200
                ? reply.json().path("data")
                : machine.awaitEnd(reply.requireStatus(202).text("/data/executionId"))
                        .path("result");

        assertThat(result.path("row")).hasToString("[\"9007199254740993\",0,[1,255],[\"x\",null],{\"deep\":[1]}]");
        assertThat(result.path("caught"))
                .hasToString("[\"DatabaseError\",\"23505\",\"23505: duplicate key value violates unique constraint"
                        + " \\\"mails_" + tier + "_pkey\\\"\",false]");
        assertThat(result.path("rowCount").asInt()).isOne();
        assertThat(result.path("found")).hasToString("[{\"n\":\"9007199254740994\"}]");
        assertThat(result.path("same").asBoolean()).isTrue();
    }
}
