package ai.fastn.examples.host.bench;

import ai.fastn.examples.host.HostApplication;
import ai.fastn.examples.host.first.DemoTenant;
import ai.fastn.examples.host.first.Example;
import ai.fastn.examples.host.first.WorkflowsClient;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Fastn in the example host: the same work as one Instant and one Standard workflow. */
public final class FastnPeer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTANT = """
            export default async function (ctx) {
              let total = 0;
              for (const item of ctx.input.items) {
                total += item.price * item.quantity;
              }
              return { total, discount: total > 500 ? 0.1 : 0 };
            }
            """;
    private static final String STANDARD = """
            export default async function (ctx) {
              const { items } = ctx.input;
              await fastn.state.set("step-1", { items: items.length }, { scope: "INVOCATION" });
              await fastn.state.set("step-2", { items: items.length }, { scope: "INVOCATION" });
              await fastn.state.set("step-3", { items: items.length }, { scope: "INVOCATION" });
              await fastn.state.set("step-4", { items: items.length }, { scope: "INVOCATION" });
              await fastn.state.set("step-5", { items: items.length }, { scope: "INVOCATION" });
              return { items: items.length };
            }
            """;

    private FastnPeer() {}

    public static void main(String[] args) throws IOException {
        try (ConfigurableApplicationContext host = SpringApplication.run(
                HostApplication.class,
                "--server.port=0",
                "--spring.datasource.url=" + System.getProperty("bench.url"),
                "--fastn.host.data=" + System.getProperty("bench.work"))) {
            DemoTenant tenant = host.getBean(DemoTenant.class);
            String url = host.getEnvironment().getRequiredProperty("fastn.host.url");
            WorkflowsClient client = new WorkflowsClient(url, tenant, tenant.createAccessKey());
            client.install(workflow("bench-instant", "INSTANT", 60_000, INSTANT));
            client.install(workflow("bench-standard", "STANDARD", 120_000, STANDARD));
            new Measurement(host.getBean(ProcessEngine.class))
                    .measure("bench-instant", "bench-standard")
                    .write();
        }
    }

    private static Example workflow(String slug, String tier, long timeoutMs, String code) {
        ObjectNode configuration = JSON.createObjectNode();
        configuration.put("name", slug).put("description", "").put("tier", tier).put("timeoutMs", timeoutMs);
        configuration.put("enabled", true);
        ObjectNode retry = configuration.putObject("retry");
        retry.put("maxAttempts", 1).put("initialIntervalMs", 5_000);
        retry.put("backoffCoefficient", 2).put("maxIntervalMs", 60_000);
        ArrayNode noCases = JSON.createArrayNode();
        return new Example(slug, slug + ".js", code, configuration, noCases);
    }
}
