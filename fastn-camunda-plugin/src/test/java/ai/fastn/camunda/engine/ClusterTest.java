package ai.fastn.camunda.engine;

import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.execution.DoubtAnswers;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two nodes, each a process of its own, over one PostgreSQL, and what can happen to them. {@code -Pfaults -Dminutes=60}
 * goes on for an hour and says how often what happened.
 */
class ClusterTest {

    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final Duration TIME = Duration.ofMinutes(Long.getLong("minutes", 0));
    private static final int RUNS = 4;

    private final Random random = new Random(Long.getLong("seed", 1));
    private final FakeShop shop = new FakeShop();
    private final Map<String, Integer> happened = new LinkedHashMap<>();
    private EmbeddedPostgres server;
    private Map<String, Object> properties;
    private ConfigurableApplicationContext control;
    private ClusterWork work;
    private ClusterNode first;
    private ClusterNode second;

    @BeforeEach
    void start() throws SQLException {
        server = EffectDatabases.start();
        EffectDatabases.execute(server.getPostgresDatabase(), "CREATE DATABASE engine");
        EffectDatabases.execute(server.getPostgresDatabase(), "CREATE DATABASE tenants");
        DataSource tenants = server.getDatabase("postgres", "tenants");
        properties = PluginApplication.properties(
                shop, server.getDatabase("postgres", "engine"), tenants, Map.of("logging.level.root", "ERROR"));
        Map<String, Object> ofControl = new LinkedHashMap<>(properties);
        ofControl.put("camunda.bpm.job-execution.enabled", "false");
        control = PluginApplication.start(ofControl, context -> {});
        work = new ClusterWork(control, shop, tenants);
        work.deploy();
        first = ClusterNode.start(properties);
        second = ClusterNode.start(properties);
        first.awaitReady();
        second.awaitReady();
    }

    @AfterEach
    void stop() throws IOException {
        first.close();
        second.close();
        control.close();
        shop.close();
        server.close();
    }

    @Test
    void nothingIsLostAndNothingDoubledWhateverHappens() {
        Instant until = Instant.now().plus(TIME);
        kills();
        suspension();
        restart();
        cuts();
        while (Instant.now().isBefore(until)) {
            kill();
            suspension();
            restart();
            cuts();
        }
        work.awaitEnd(control.getBean(DoubtAnswers.class));
        work.assertNothingLostAndNothingDoubled();
        System.out.printf("cluster: %d runs, %s, %d calls in doubt%n", work.runs(), happened, work.answered());
    }

    private void kills() {
        for (int i = 0; i < KILLS; i++) {
            kill();
        }
    }

    /** Kills a node that works and starts another one, which is ready when it is that one's turn. */
    private void kill() {
        work.start(RUNS);
        awaitLock(first.awaitReady().lockOwner());
        pause(random.nextInt(150));
        first.kill();
        first.close();
        count("kill -9");
        ClusterNode next = ClusterNode.start(properties);
        first = second;
        second = next;
    }

    /** A node sleeps for longer than its lease; the other one has its jobs within ten seconds; then both go on. */
    private void suspension() {
        first.awaitReady();
        second.awaitReady();
        String owner = first.lockOwner();
        awaitLock(owner);
        first.stop();
        long began = System.nanoTime();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> work.locksOf(owner) == 0);
        pause(12_000 - Duration.ofNanos(System.nanoTime() - began).toMillis());
        first.goOn();
        count("suspension");
    }

    private void awaitLock(String owner) {
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(() -> {
            if (work.locksOf(owner) == 0) {
                work.start(1);
            }
            return work.locksOf(owner) > 0;
        });
    }

    private void restart() {
        first.awaitReady();
        second.awaitReady();
        work.start(RUNS);
        pause(300 + random.nextInt(300));
        restartServer();
        forgetConnections();
        count("restart of the database");
    }

    private void cuts() {
        work.start(RUNS);
        for (int i = 0; i < 20; i++) {
            pause(50);
            happened.merge("connections cut", cut(), Integer::sum);
        }
        forgetConnections();
    }

    /** The control host is not what is tested: it shall notice nothing. */
    private void forgetConnections() {
        control.getBean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    }

    private int cut() {
        return JdbcClient.create(server.getPostgresDatabase())
                .sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                        + " AND backend_type = 'client backend' AND random() < 0.2")
                .query(Integer.class)
                .single();
    }

    /** As after a power cut of its machine: the server recovers from its log. */
    private void restartServer() {
        long pid = JdbcClient.create(server.getPostgresDatabase())
                .sql("SELECT pg_read_file('postmaster.pid')")
                .query(String.class)
                .single()
                .lines()
                .findFirst()
                .map(Long::parseLong)
                .orElseThrow();
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to run as root
        }
        command.add(postmaster.info().command().orElseThrow());
        command.addAll(List.of(postmaster.info().arguments().orElseThrow()));
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
            postmaster.onExit().join();
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> cut() >= 0);
    }

    private void count(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
