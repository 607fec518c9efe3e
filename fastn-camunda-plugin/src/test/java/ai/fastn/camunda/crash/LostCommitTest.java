package ai.fastn.camunda.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.host.OwnThread;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.Tier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;

/** The connection breaks before the engine learns that its commit arrived. */
class LostCommitTest {

    @Test
    void theRunCanBeCanceledWhileItGoesOn() {
        try (DyingHost host = new DyingHost("every-effect")) {
            host.deploy(
                    "lost-commit",
                    "export default async function (ctx) { await fastn.connector.shop.put({ x: ctx.input + '-1' });"
                            + " await fastn.connector.shop.slow({ x: 60000 }); }",
                    Tier.LONG);
            MortalRun run = new MortalRun(host, "lost-commit", "canceled");
            host.lifeline().dieAt("after commit of checkpoint");
            run.die();
            Execution standing = run.execution().orElseThrow();

            CompletableFuture<Void> step = OwnThread.run(() -> run.goOn(standing));
            await().until(() -> host.shop().calls().contains("slow/60000"));
            host.bean(RuntimeService.class).deleteProcessInstance(standing.processInstanceId(), "canceled");

            assertThatThrownBy(() -> step.orTimeout(20, TimeUnit.SECONDS).join())
                    .hasCauseInstanceOf(OptimisticLockingException.class);
            assertThat(run.execution().orElseThrow().status()).isEqualTo(ExecutionStatus.CANCELED);
            assertThat(host.left()).isEmpty();
        }
    }
}
