package ai.fastn.camunda.engine;

import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.access.AccessKeys;
import ai.fastn.camunda.access.Account;
import ai.fastn.camunda.host.DeployedWorkflow;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Starts over the REST API of both nodes. */
final class ClusterStarts {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Cluster cluster;
    private final String accessKey;

    ClusterStarts(Cluster cluster) {
        this.cluster = cluster;
        accessKey = cluster.bean(AccessKeys.class)
                .create("cluster", Set.of(TenantId.DEFAULT), Optional.empty(), "test")
                .key();
    }

    /** A workflow that looks, which takes so long, and writes what it was given. */
    void deploy(String slug, Tier tier, int millis) {
        DeployedWorkflow.of(cluster.bean(Workflows.class), slug, tier, RetryPolicy.OFF, """
                await fastn.connector.shop.slow({ x: %d });
                const written = await fastn.connector.shop.write({ x: ctx.input });
                return { written: written.value, run: ctx.execution.id };""".formatted(millis));
    }

    CompletableFuture<HttpResponse<String>> start(ClusterNode node, String slug, String key, String input) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + node.port() + "/fastn/api/v1/workflows/" + slug + "/execute"))
                .header("x-fastn-access-key", accessKey)
                .header("x-fastn-account-id", cluster.bean(Account.class).id())
                .header("x-fastn-account-tenant-id", "default")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"input\": \"" + input + "\"}"))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString());
    }

    /** The same start at the same time, every other one at the other node. */
    List<HttpResponse<String>> startAtBoth(int times, String slug, String key, String input) {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, times)
                .mapToObj(i -> start(i % 2 == 0 ? cluster.first() : cluster.second(), slug, key, input))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    long executions(String slug) {
        return JdbcClient.create(cluster.bean(DataSource.class))
                .sql("SELECT count(*) FROM fastn_execution WHERE slug = ?")
                .param(slug)
                .query(Long.class)
                .single();
    }

    long calls(String path) {
        return cluster.shop().calls().stream().filter(path::equals).count();
    }

    void awaitCall(String path) {
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(() -> calls(path) > 0);
    }
}
