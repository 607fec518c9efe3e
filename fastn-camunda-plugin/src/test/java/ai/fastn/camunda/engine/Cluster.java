package ai.fastn.camunda.engine;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.execution.DoubtAnswers;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Two nodes over a PostgreSQL of their own, and a host in this process that starts runs and executes no jobs. */
final class Cluster implements AutoCloseable {

    private final FakeShop shop = new FakeShop();
    private final EmbeddedPostgres server = EffectDatabases.start();
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final ConfigurableApplicationContext control;
    private final ClusterWork work;
    private final Deque<ClusterNode> spares = new ArrayDeque<>();
    private ClusterNode first;
    private ClusterNode second;

    /** Nodes that answer HTTP. */
    Cluster() {
        this(Map.of());
    }

    /**
     * Nodes that differ.
     *
     * @param ofNodes their properties beside the usual ones
     */
    Cluster(Map<String, Object> ofNodes) {
        try {
            EffectDatabases.execute(server.getPostgresDatabase(), "CREATE DATABASE engine");
            EffectDatabases.execute(server.getPostgresDatabase(), "CREATE DATABASE tenants");
            DataSource tenants = server.getDatabase("postgres", "tenants");
            Map<String, Object> ofControl = PluginApplication.properties(
                    shop, server.getDatabase("postgres", "engine"), tenants, Map.of("logging.level.root", "ERROR"));
            properties.putAll(ofControl);
            properties.putAll(ofNodes);
            ofControl.put("camunda.bpm.job-execution.enabled", "false");
            control = PluginApplication.start(ofControl, context -> {});
            work = new ClusterWork(control, shop, tenants);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        work.deploy();
        first = newNode();
        second = newNode();
        first.awaitReady();
        second.awaitReady();
    }

    private ClusterNode newNode() {
        return ClusterNode.start(properties);
    }

    /** Begins to start a node that replaces another one later. */
    void startSpare() {
        spares.add(newNode());
    }

    ClusterNode first() {
        return first;
    }

    ClusterNode second() {
        return second;
    }

    /** The first node is gone: the second one is the first now, and the second one is a spare or begins to start. */
    void replaceFirst() {
        first.close();
        first = second;
        second = spares.isEmpty() ? newNode() : spares.remove();
    }

    ClusterWork work() {
        return work;
    }

    FakeShop shop() {
        return shop;
    }

    EmbeddedPostgres server() {
        return server;
    }

    <T> T bean(Class<T> type) {
        return control.getBean(type);
    }

    /** Waits until all runs have ended and looks what came of them. */
    void assertNothingLostAndNothingDoubled() {
        work.awaitEnd(bean(DoubtAnswers.class));
        work.assertNothingLostAndNothingDoubled();
    }

    @Override
    public void close() {
        first.close();
        second.close();
        spares.forEach(ClusterNode::close);
        control.close();
        shop.close();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
