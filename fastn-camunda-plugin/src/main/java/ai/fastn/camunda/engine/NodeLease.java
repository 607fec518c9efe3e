package ai.fastn.camunda.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of this node to execute jobs. It says every two seconds that it lives; where it has not for six, the other
 * nodes free its jobs, so that the runs of a dead node go on within ten seconds. A node that could not say so fetches
 * no jobs until it can again.
 */
public final class NodeLease {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final int BEATS_BETWEEN_CHECKS = 5;

    private final NodeTable table;
    private final LongSupplier nanoTime;
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private volatile long heldUntil;
    private Set<String> notInHand = Set.of();
    private int beats;
    private @Nullable ScheduledExecutorService timer;

    /** @param plugin connections that no step holds for long */
    public NodeLease(DataSource plugin) {
        this(new NodeTable(plugin), System::nanoTime);
    }

    NodeLease(NodeTable table, LongSupplier nanoTime) {
        this.table = table;
        this.nanoTime = nanoTime;
        this.heldUntil = nanoTime.getAsLong();
    }

    /**
     * This node begins to execute jobs.
     *
     * @param node lock owner of its job executor
     * @param freed called when there may be jobs that no other node fetches
     */
    synchronized void begin(String node, Runnable freed) {
        beat(node, freed);
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(NodeLease::thread);
        Future<?> unused = started.scheduleWithFixedDelay(
                () -> beat(node, freed), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        timer = started;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fastn-node-lease");
        thread.setDaemon(true);
        return thread;
    }

    void beat(String node, Runnable freed) {
        long began = nanoTime.getAsLong();
        try {
            if (table.beat(node, LEASE) > 0) {
                freed.run();
            }
            heldUntil = began + LEASE.toNanos();
            if (++beats % BEATS_BETWEEN_CHECKS == 0) {
                freeForgotten(node, freed);
            }
        } catch (SQLException e) {
            LOG.warn("this node can not say that it lives (SQLSTATE {}): the next beat tries again", e.getSQLState());
        } catch (RuntimeException e) {
            LOG.warn("bug: the lease of this node", e); // the timer must go on
        }
    }

    /**
     * A job whose failure could not be written while the database was away stays locked. What this node has locked but
     * did not have in hand at two checks in a row is freed.
     */
    private void freeForgotten(String node, Runnable freed) throws SQLException {
        Set<String> locked = table.lockedBy(node);
        locked.removeAll(inHand);
        Set<String> forgotten = new HashSet<>(locked);
        forgotten.retainAll(notInHand);
        notInHand = locked;
        if (!forgotten.isEmpty()) {
            table.free(node, forgotten);
            freed.run();
        }
    }

    /** Whether this node may fetch jobs. */
    boolean isHeld() {
        return heldUntil - nanoTime.getAsLong() > 0;
    }

    /** The jobs that are queued or executed here; changed by who executes them. */
    Set<String> inHand() {
        return inHand;
    }

    /** This node fetches no more jobs; those it has not begun go to the others at once. */
    synchronized void end(String node) {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
        heldUntil = nanoTime.getAsLong();
        try {
            if (inHand.isEmpty()) {
                table.leave(node);
            }
        } catch (SQLException e) {
            LOG.info("this node can not say that it stops (SQLSTATE {}): its lease runs out", e.getSQLState());
        }
    }
}
