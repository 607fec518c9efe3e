package ai.fastn.camunda.crash;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All that a node reaches the world through passes here. At a chosen point the node dies: what it still sends, to a
 * database or to the shop, gets nowhere, until it is started again.
 */
final class Lifeline {

    private final AtomicInteger underWay = new AtomicInteger();
    private BiPredicate<Integer, String> fatal = (number, point) -> false;
    private int passed;
    private boolean dead;
    private @Nullable String diedAt;

    /** A node died, so what it was about to do is not done. */
    static final class Severed extends IOException {

        private static final long serialVersionUID = 1L;

        Severed() {
            super("the node is dead");
        }
    }

    /** Counts points from 0 again; the node dies at the one with this number. */
    void dieAt(int fatalNumber) {
        begin((number, point) -> number == fatalNumber);
    }

    /** The node dies the next time it passes the point with this name. */
    void dieAt(String fatalPoint) {
        begin((number, point) -> point.equals(fatalPoint));
    }

    /** Counts points from 0 again; the node does not die. */
    void live() {
        begin((number, point) -> false);
    }

    private synchronized void begin(BiPredicate<Integer, String> newFatal) {
        fatal = newFatal;
        passed = 0;
        diedAt = null;
    }

    /** The node passes a point, unless it dies there. */
    synchronized void pass(String point) throws Severed {
        requireAlive();
        if (diedAt == null && fatal.test(passed++, point)) {
            dead = true;
            diedAt = point;
            throw new Severed();
        }
    }

    synchronized void requireAlive() throws Severed {
        if (dead) {
            throw new Severed();
        }
    }

    synchronized boolean isDead() {
        return dead;
    }

    /** Where the node died, if it did since {@link #dieAt}. */
    synchronized Optional<String> diedAt() {
        return Optional.ofNullable(diedAt);
    }

    /** How many points were passed. */
    synchronized int passed() {
        return passed;
    }

    /** Something has begun that the death of the node can not call back: a request that the shop works on. */
    void begins() {
        underWay.incrementAndGet();
    }

    void ends() {
        underWay.decrementAndGet();
    }

    boolean isQuiet() {
        return underWay.get() == 0;
    }

    /** The node is started again. */
    synchronized void restart() {
        dead = false;
    }
}
