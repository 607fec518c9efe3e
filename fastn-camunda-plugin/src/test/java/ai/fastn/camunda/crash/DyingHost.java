package ai.fastn.camunda.crash;

import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.db.TenantDatabase;
import ai.fastn.camunda.execution.AbandonedRuns;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import ai.fastn.camunda.lifecycle.Author;
import ai.fastn.camunda.lifecycle.Draft;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.ExecutionTimeout;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A host that executes no jobs by itself and dies when its {@link Lifeline} says so, with its shop and databases. */
final class DyingHost implements AutoCloseable {

    private static final List<String> OF_RUNS = List.of(
            "fastn_checkpoint",
            "fastn_journal",
            "fastn_place",
            "fastn_mocks",
            "fastn_state WHERE execution <> ''",
            "act_ru_job",
            "act_ru_execution",
            "act_ru_variable",
            "act_ru_event_subscr",
            "act_ru_incident");

    private final Lifeline lifeline = new Lifeline();
    private final FakeShop shop = new FakeShop();
    private final DataSource engine = EffectDatabases.fresh("engine");
    private final DataSource tenants = EffectDatabases.fresh("tenants");
    private final SingleConnectionDataSource toEngine = observer(engine);
    private final SingleConnectionDataSource toTenants = observer(tenants);
    private final ConfigurableApplicationContext host;

    /** @param policy of checkpoints: {@code adaptive} or {@code every-effect} */
    DyingHost(String policy) {
        try {
            Map<String, Object> properties = new LinkedHashMap<>(PluginApplication.properties(
                    shop,
                    engine,
                    tenants,
                    Map.of("camunda.bpm.job-execution.enabled", "false", "fastn.checkpoint", policy)));
            // the log would be full of what is wanted here
            properties.put("logging.level.root", "OFF");
            for (String url : List.of("spring.datasource.url", "fastn.tenants.datasource.url")) {
                properties.computeIfPresent(url, (name, known) -> DyingSockets.url((String) known, lifeline));
            }
            host = PluginApplication.start(properties, context -> {});
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        shop.onWay(this::toShop);
        deploy(
                "prepare",
                "export default async function () { await fastn.db.query("
                        + "'CREATE TABLE done (run text, what text, at bigserial)'); }",
                Tier.INSTANT);
        bean(RuntimeService.class).startProcessInstanceByKey("prepare");
    }

    private static SingleConnectionDataSource observer(DataSource database) {
        try {
            return new SingleConnectionDataSource(database.getConnection(), true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private FakeShop.Way.Answer toShop(String path) throws Lifeline.Severed {
        String call = "call of " + path.substring(0, path.indexOf('/'));
        lifeline.pass("before " + call);
        lifeline.begins();
        return () -> {
            lifeline.ends();
            lifeline.pass("after " + call);
        };
    }

    /** Brings a workflow from its source into the engine. */
    void deploy(String slug, String source, Tier tier) {
        Workflows workflows = bean(Workflows.class);
        WorkflowConfiguration configuration = new WorkflowConfiguration(
                slug,
                "",
                tier,
                ExecutionTimeout.of(tier, tier.longestTimeout()),
                new RetryPolicy(4, Duration.ofSeconds(5), 2, Duration.ofSeconds(60)),
                Concurrency.UNLIMITED,
                ConnectorVersions.NONE,
                true);
        WorkflowSlug id = WorkflowSlug.of(slug);
        Author author = new Author("test", false);
        workflows.save(
                TenantId.DEFAULT,
                id,
                new Draft(new SourceText(slug + ".js", source), configuration, OptionalLong.empty()),
                author);
        workflows.publish(TenantId.DEFAULT, id, author);
        workflows.deploy(TenantId.DEFAULT, id, 1);
    }

    <T> T bean(Class<T> type) {
        return host.getBean(type);
    }

    Lifeline lifeline() {
        return lifeline;
    }

    FakeShop shop() {
        return shop;
    }

    /** The engine's database, reached by somebody who does not die. */
    JdbcClient engine() {
        return JdbcClient.create(toEngine);
    }

    JdbcClient tenants() {
        return JdbcClient.create(toTenants);
    }

    /** The table that workflows write into, in the schema of the tenant. */
    String doneTable() {
        return tenants()
                .sql("SELECT schemaname || '.done' FROM pg_tables WHERE tablename = 'done'")
                .query(String.class)
                .single();
    }

    /** What is still there of runs, with the number of rows. */
    List<String> left() {
        String counts = OF_RUNS.stream()
                .map(table -> "SELECT '" + table.replace("'", "''") + ": ' || count(*) FROM " + table)
                .collect(Collectors.joining(" UNION ALL "));
        return engine().sql(counts).query(String.class).list().stream()
                .filter(line -> !line.endsWith(": 0"))
                .toList();
    }

    /** What the ledger still holds after its sweep, which takes a run that it can ask nobody about for over in time. */
    long leftInLedger() {
        AbandonedRuns runs = new AbandonedRuns(
                new JdbcTemplate(toEngine),
                new TransactionTemplate(new DataSourceTransactionManager(toEngine)),
                Clock.systemUTC());
        tenants()
                .sql("UPDATE fastn.effect_ledger SET recorded_at = recorded_at - interval '11 minutes'")
                .update();
        bean(TenantDatabase.class).sweepLedger(runs::notEnded);
        return tenants()
                .sql("SELECT count(*) FROM fastn.effect_ledger")
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        lifeline.live();
        host.close();
        shop.close();
        toEngine.destroy();
        toTenants.destroy();
    }
}
