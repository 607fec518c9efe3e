package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.access.AccessKeys;
import ai.fastn.camunda.access.CreatedKey;
import ai.fastn.camunda.host.RunningHost;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys, account and tenants: who may call, and what of other tenants can be seen, which is nothing. */
class AccessHttpTest {

    private static final String KEY = "x-fastn-access-key";
    private static final String ACCOUNT = "x-fastn-account-id";
    private static final String TENANT = "x-fastn-account-tenant-id";

    private RunningHost host;
    private Machine machine;
    private Machine acme;

    @BeforeEach
    void connect() {
        host = RunningHost.shared();
        machine = Machine.of(host);
        acme = machine.with(KEY, host.acmeKey()).with(TENANT, "acme");
    }

    @Test
    void everyPathNeedsAKey() {
        Machine nobody = machine.without(KEY);
        for (String path : List.of(
                "/workflows", "/workflows/any", "/workflows/any/bpmn", "/executions", "/executions/1", "/nothing")) {
            nobody.get(path).requireProblem(401, "FASTN-05001");
        }
        nobody.execute("any", "1").requireProblem(401, "FASTN-05001");
        nobody.put("/workflows/any", "{}").requireProblem(401, "FASTN-05001");
        machine.with(KEY, " ").get("/workflows").requireProblem(401, "FASTN-05001");
    }

    @Test
    void aKeyInTheUrlOrInAnotherHeaderIsNone() {
        Machine nobody = machine.without(KEY);
        nobody.get("/workflows?" + KEY + "=" + host.key()).requireProblem(401, "FASTN-05001");
        nobody.with("Authorization", "Bearer " + host.key()).get("/workflows").requireProblem(401, "FASTN-05001");
    }

    @Test
    void unknownAndRevokedKeysGetTheSameAnswer() {
        CreatedKey revoked = host.createKey("short-lived", TenantId.DEFAULT);
        Machine before = machine.with(KEY, revoked.key());
        before.get("/workflows").requireStatus(200);
        host.bean(AccessKeys.class).revoke(revoked.id());

        Reply unknown = machine.with(KEY, "wak_" + "a".repeat(32)).get("/workflows");
        Reply gone = before.get("/workflows");

        unknown.requireProblem(401, "FASTN-05002");
        assertThat(gone.status()).isEqualTo(401);
        assertThat(gone.body()).isEqualTo(unknown.body()).doesNotContain(revoked.key());
        assertThat(machine.with(KEY, "'; DROP TABLE fastn_access_key; --")
                        .get("/workflows")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aHeaderThatOccursTwiceIsRefused() {
        for (String name : List.of(KEY, ACCOUNT, TENANT)) {
            assertThat(Machine.send(machine.request("/workflows")
                                    .header(name, "second")
                                    .GET())
                            .requireProblem(400, "FASTN-06003"))
                    .contains(name);
        }
        Machine.send(machine.request("/workflows").header(KEY, host.key()).GET())
                .requireProblem(400, "FASTN-06003");
    }

    @Test
    void anotherAccountOrTenantIsRefused() {
        machine.with(ACCOUNT, "acc_other").get("/workflows").requireProblem(403, "FASTN-05004");
        machine.without(ACCOUNT).get("/workflows").requireProblem(403, "FASTN-05004");
        machine.with(TENANT, "acme").get("/workflows").requireProblem(403, "FASTN-05003");
        machine.with(TENANT, "never-existed").get("/workflows").requireProblem(403, "FASTN-05003");
        assertThat(machine.with(TENANT, "acme").get("/workflows").body())
                .isEqualTo(
                        machine.with(TENANT, "never-existed").get("/workflows").body());
    }

    @Test
    void aForeignTenantRunsNothing() {
        machine.install("of-default", "instant", "export default async () => 1");
        long rows = host.rows("fastn_execution");

        machine.with(TENANT, "acme").execute("of-default", "1").requireProblem(403, "FASTN-05003");
        acme.execute("of-default", "1").requireProblem(404, "FASTN-04001");

        assertThat(host.rows("fastn_execution")).isEqualTo(rows);
    }

    @Test
    void theTenantHeaderMayBeAbsentWhenTheKeyHasOneTenant() {
        machine.without(TENANT).get("/workflows").requireStatus(200);
        CreatedKey both = host.createKey("both", TenantId.DEFAULT, RunningHost.ACME);
        machine.with(KEY, both.key()).get("/workflows").requireStatus(200);
        assertThat(machine.with(KEY, both.key())
                        .without(TENANT)
                        .get("/workflows")
                        .requireProblem(400, "FASTN-06003"))
                .contains(TENANT);
    }

    @Test
    void tenantsHaveWorkflowsOfTheSameSlugApart() {
        machine.install("shared-slug", "instant", "export default async (ctx) => 'default ' + ctx.execution.tenant");
        acme.install("shared-slug", "instant", "export default async (ctx) => 'acme ' + ctx.execution.tenant");

        Reply ours = machine.execute("shared-slug", "1").requireStatus(200);
        Reply theirs = acme.execute("shared-slug", "1").requireStatus(200);

        assertThat(ours.text("/data")).isEqualTo("default default");
        assertThat(theirs.text("/data")).isEqualTo("acme acme");
        assertThat(idsOf(machine)).contains(executionOf(ours)).doesNotContain(executionOf(theirs));
        assertThat(idsOf(acme)).contains(executionOf(theirs)).doesNotContain(executionOf(ours));
        assertThat(machine.get("/executions/" + executionOf(ours)).text("/workflowName"))
                .isEqualTo("shared-slug");
    }

    @Test
    void disablingAWorkflowOfOneTenantLeavesThatOfTheOther() {
        machine.install("both-have-it", "instant", "export default async () => 1");
        acme.install("both-have-it", "instant", "export default async () => 2");
        var off = Machine.draft("export default async () => 2", "both-have-it", "instant");
        off.withObject("/configuration").put("enabled", false);
        acme.save("both-have-it", off).requireStatus(200);

        acme.execute("both-have-it", "1").requireProblem(409, "FASTN-04005");
        machine.execute("both-have-it", "1").requireStatus(200);
    }

    @Test
    void aForeignExecutionIsLikeOneThatNeverExisted() {
        machine.install("secret-run", "instant", "export default async () => 1");
        String id = executionOf(machine.execute("secret-run", "1"));
        String never = UUID.randomUUID().toString();

        Reply foreign = acme.get("/executions/" + id);
        Reply unknown = acme.get("/executions/" + never);

        foreign.requireProblem(404, "FASTN-04009");
        assertThat(foreign.body().replace(id, never)).isEqualTo(unknown.body());
        acme.get("/executions/%00").requireStatus(400);
    }

    @Test
    void aForeignOriginIsNotAllowedByAnyHeader() {
        Reply reply = Machine.send(machine.request("/workflows")
                .header("Origin", "https://evil.example")
                .GET());

        assertThat(reply.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    private static String executionOf(Reply run) {
        return run.header("x-fastn-execution-id");
    }

    private static List<String> idsOf(Machine client) {
        JsonNode listed =
                client.get("/executions?limit=200").requireStatus(200).json().path("executions");
        return listed.findValuesAsText("id");
    }
}
