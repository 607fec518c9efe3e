package ai.fastn.camunda.effect.connector.bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ActionFailedException;
import ai.fastn.camunda.execution.WorkflowRuns;
import ai.fastn.camunda.host.DeployedWorkflow;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.runtime.RunFailedException;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A bean of the host application is a connector of its workflows, and Java code starts those workflows. */
class ConnectorBeanRunTest {

    @RegisterExtension
    static final SteppedHost HOST = new SteppedHost(
            Map.of(),
            context -> new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) context.getBeanFactory())
                    .register(Warehouse.class));

    /** Needs the engine, which needs the connectors. */
    @FastnConnector(value = "ware-house", title = "Warehouse")
    static final class Warehouse {

        private final List<String> keys = new CopyOnWriteArrayList<>();
        private final RepositoryService engine;

        @Autowired
        Warehouse(RepositoryService engine) {
            this.engine = engine;
        }

        record Stock(String sku, int available) {}

        @FastnAction(kind = StepKind.READ)
        Stock getStock(String sku) {
            return new Stock(sku, 3);
        }

        @FastnAction(idempotent = true)
        String reserve(Stock wanted, ActionCall call) throws ActionFailedException {
            keys.add(call.scope().tenant() + " " + call.scope().idempotencyKey());
            if (wanted.available() > 3) {
                throw new ActionFailedException("only 3 are there", false, Map.of("available", 3));
            }
            return engine.createDeploymentQuery().count() > 0 ? "reserved" : "no engine";
        }

        @FastnAction
        void burn() {
            if (!keys.contains("never")) {
                throw new IllegalStateException("internal secret thing");
            }
        }
    }

    @Test
    void aWorkflowCallsTheBeanAndJavaCodeAwaitsItsResult() throws Exception {
        workflow("stock-check", Tier.INSTANT, """
                const stock = await fastn.connector.wareHouse.getStock({ sku: ctx.input.sku });
                return { stock, answer: await fastn.connector["ware-house"].reserve({ sku: stock.sku, available: 2 }) };""");

        ExecutionId run = runs().start("stock-check", Map.of("sku", "LAMP"));
        JsonNode result = runs().await(run, Duration.ofSeconds(10));

        assertThat(result.toString())
                .isEqualTo("{\"stock\":{\"sku\":\"LAMP\",\"available\":3},\"answer\":\"reserved\"}");
        assertThat(HOST.bean(Warehouse.class).keys).contains("default " + run + "-1");
    }

    @Test
    void whatTheBeanSaysIsSeenByTheCodeAndWhatItOnlyThrowsIsNot() throws Exception {
        workflow("stock-errors", Tier.INSTANT, """
                const seen = [];
                try {
                  await fastn.connector.wareHouse.reserve({ sku: "x", available: 4 });
                } catch (e) {
                  seen.push([e.name, e.message, e.code, e.available, e.retryable]);
                }
                try {
                  await fastn.connector.wareHouse.burn();
                } catch (e) {
                  seen.push([e.name, e.message, e.retryable]);
                }
                try {
                  await fastn.connector.wareHouse.getStock({ sku: 7 });
                } catch (e) {
                  seen.push([e.code]);
                }
                return seen;""");

        JsonNode seen = runs().await(runs().start("stock-errors", null), Duration.ofSeconds(10));

        assertThat(seen.get(0).toString())
                .isEqualTo("[\"ConnectorError\",\"wareHouse.reserve: only 3 are there\",\"FASTN-03003\",3,false]");
        assertThat(seen.get(1).toString())
                .isEqualTo("[\"ConnectorError\",\"wareHouse.burn: it failed; the log of the node says why\",false]");
        assertThat(seen.get(2).toString()).isEqualTo("[\"FASTN-03004\"]");
    }

    @Test
    void javaCodeLearnsHowARunEnded() throws Exception {
        workflow("stock-later", Tier.STANDARD, "return 1;");
        ExecutionId later = runs().start("stock-later", null);
        assertThatThrownBy(() -> runs().await(later, Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);
        HOST.cancelAll();
        assertThatThrownBy(() -> runs().await(later, Duration.ofSeconds(1)))
                .hasMessage("execution \"" + later + "\" was canceled");

        workflow("stock-fails", Tier.INSTANT, "throw new RangeError('no');");
        assertThatThrownBy(() -> runs().start("stock-fails", null))
                .isInstanceOf(RunFailedException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> runs().start("stock-unknown", null)).hasMessageContaining("stock-unknown");
        assertThatThrownBy(() -> runs().await(new TenantId("acme"), later, Duration.ofSeconds(1)))
                .hasMessage("execution \"" + later + "\" does not exist");
    }

    @Test
    void aStartWithAKeyHappensOnceAlsoWhenTwoThreadsAskAtTheSameTime() throws Exception {
        workflow("stock-once", Tier.STANDARD, "return ctx.input;");
        CompletableFuture<ExecutionId> one =
                CompletableFuture.supplyAsync(() -> runs().start("stock-once", Map.of("n", 1), "order 4711"));
        CompletableFuture<ExecutionId> two =
                CompletableFuture.supplyAsync(() -> runs().start("stock-once", Map.of("n", 1), "order 4711"));

        assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(two.get(20, TimeUnit.SECONDS));
        assertThat(runs().start("stock-once", Map.of("n", 1), "order 4712")).isNotEqualTo(one.get());
        assertThatThrownBy(() -> runs().start("stock-once", Map.of("n", 2), "order 4711"))
                .hasMessageContaining("\"order 4711\" was sent with another body before");
        assertThatThrownBy(() -> runs().start("stock-once", null, ""))
                .hasMessage("idempotency key is no key: 1 to 255 printable characters of ASCII are expected");
        HOST.cancelAll();
    }

    @Test
    void anInstantRunWithAKeyCallsOnceAndARollbackFreesTheKeyOfAnother() {
        workflow(
                "stock-reserve", Tier.INSTANT, "return fastn.connector.wareHouse.reserve({ sku: 'k', available: 1 });");
        ExecutionId first = runs().start("stock-reserve", null, "k");
        assertThat(runs().start("stock-reserve", null, "k")).isEqualTo(first);
        assertThat(HOST.bean(Warehouse.class).keys)
                .filteredOn(key -> key.contains(first.value()))
                .hasSize(1);

        workflow("stock-undone", Tier.STANDARD, "return 1;");
        ExecutionId undone = new TransactionTemplate(HOST.bean(PlatformTransactionManager.class)).execute(status -> {
            status.setRollbackOnly();
            return runs().start("stock-undone", null, "k");
        });
        assertThat(runs().start("stock-undone", null, "k")).isNotEqualTo(undone);
        HOST.cancelAll();
    }

    private static WorkflowRuns runs() {
        return HOST.bean(WorkflowRuns.class);
    }

    private static void workflow(String slug, Tier tier, String body) {
        DeployedWorkflow.of(HOST.bean(Workflows.class), slug, tier, RetryPolicy.OFF, body);
    }
}
