package ai.fastn.camunda.engine;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two nodes, each a process of its own, over one PostgreSQL, and what can happen to them. {@code -Pfaults -Dminutes=60}
 * goes on for an hour and says how often what happened.
 */
class ClusterTest {

    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final Duration TIME = Duration.ofMinutes(Long.getLong("minutes", 0));
    private static final int RUNS = 4;

    /** Nodes are started more than twenty times. */
    private static final Map<String, Object> WITHOUT_HTTP = Map.of("spring.main.web-application-type", "none");

    private final Random random = new Random(Long.getLong("seed", 1));
    private final Map<String, Integer> happened = new LinkedHashMap<>();
    private Cluster cluster;
    private ClusterWork work;

    @BeforeEach
    void start() {
        cluster = new Cluster(WITHOUT_HTTP);
        work = cluster.work();
    }

    @AfterEach
    void stop() {
        cluster.close();
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
        cluster.assertNothingLostAndNothingDoubled();
        System.out.printf("cluster: %d runs, %s, %d calls in doubt%n", work.runs(), happened, work.answered());
    }

    /** Starting is what takes long: two nodes do so while two others work. */
    private void kills() {
        for (int left = KILLS; left > 0; left--) {
            if (left > 1) {
                cluster.startSpare();
            }
            kill();
        }
    }

    /** Kills one of two nodes that work, and has the next one come. */
    private void kill() {
        cluster.second().awaitReady();
        work.start(RUNS);
        work.awaitLockOf(cluster.first().awaitReady().lockOwner());
        pause(random.nextInt(150));
        cluster.first().kill();
        count("kill -9");
        cluster.replaceFirst();
    }

    /** A node sleeps for longer than its lease; the other one has its jobs within ten seconds; then both go on. */
    private void suspension() {
        cluster.first().awaitReady();
        cluster.second().awaitReady();
        String owner = cluster.first().lockOwner();
        work.awaitLockOf(owner);
        cluster.first().stop();
        long began = System.nanoTime();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> work.locksToFree(owner) == 0);
        pause(12_000 - Duration.ofNanos(System.nanoTime() - began).toMillis());
        cluster.first().goOn();
        count("suspension");
    }

    private void restart() {
        cluster.first().awaitReady();
        cluster.second().awaitReady();
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
        cluster.bean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    }

    private int cut() {
        return JdbcClient.create(cluster.server().getPostgresDatabase())
                .sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                        + " AND backend_type = 'client backend' AND random() < 0.2")
                .query(Integer.class)
                .single();
    }

    /** As after a power cut of its machine: the server recovers from its log. */
    private void restartServer() {
        long pid = JdbcClient.create(cluster.server().getPostgresDatabase())
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
