package ai.fastn.camunda.effect.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The calls of one connection, on this node: who is under way, who waits, and when the next one may go. First come,
 * first served; a call that goes away for a while keeps its place. Thread-safe.
 */
final class CallLine {

    /** So much later than agreed a call may come back to its place. */
    private static final long KEPT = TimeUnit.SECONDS.toNanos(10);

    private static final long FIRST_GUESS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LongSupplier nanos;
    private final Map<String, Ticket> tickets = new HashMap<>();
    private final Set<Pass> underWay = new HashSet<>();
    private final List<Long> leaving = new ArrayList<>();
    private CallLimits limits = CallLimits.NONE;
    private long held;
    private long usual = FIRST_GUESS;
    private long sequence;
    private int users;

    CallLine(LongSupplier nanos) {
        this.nanos = nanos;
        this.held = nanos.getAsLong();
    }

    /**
     * Waits for the turn of a call.
     *
     * @param call the same text whenever this call comes
     * @param patience how long its thread waits
     */
    synchronized Turn enter(String call, CallLimits now, Duration patience) throws InterruptedException {
        limits = now;
        long began = nanos.getAsLong();
        forgetLate(began);
        Ticket ticket = tickets.computeIfAbsent(call, any -> newTicket(began));
        ticket.here = true;
        boolean served = false;
        boolean waited = false;
        try {
            while (true) {
                long time = nanos.getAsLong();
                long before = ahead(ticket, true);
                long wait = Math.max(ticket.notBefore - time, slot(before, time) - time);
                if (wait <= 0 && before == 0) {
                    served = true;
                    return new Turn.Now(go(call, time), waited);
                }
                if (time - began + Math.max(wait, 0) > patience.toNanos()) {
                    served = true;
                    return away(ticket, Math.max(wait, slot(ahead(ticket, false), time) - time), time);
                }
                waited = true;
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(wait, TimeUnit.MILLISECONDS.toNanos(1)));
            }
        } finally {
            if (!served) {
                tickets.remove(call);
            }
            notifyAll();
        }
    }

    private Ticket newTicket(long time) {
        return new Ticket(sequence++, slot(tickets.size(), time));
    }

    private Pass go(String call, long time) {
        Ticket ticket = tickets.remove(call);
        Pass pass = new Pass(call, ticket == null ? sequence++ : ticket.number, time);
        underWay.add(pass);
        return pass;
    }

    private static Turn away(Ticket ticket, long wait, long time) {
        ticket.here = false;
        ticket.notBefore = time + wait;
        return new Turn.Later(Duration.ofNanos(wait));
    }

    /** How many stand before this one, in their threads or all. */
    private long ahead(Ticket ticket, boolean here) {
        return tickets.values().stream()
                .filter(other -> other.number < ticket.number && (other.here || !here))
                .count();
    }

    private void forgetLate(long time) {
        tickets.values().removeIf(ticket -> !ticket.here && time - ticket.notBefore > KEPT);
    }

    /** When the one with so many before it can go, as far as that is known now. */
    private long slot(long before, long time) {
        long from = Math.max(held, time);
        return Math.max(slotByRate(before, from, time), slotByNumber(before, from));
    }

    private long slotByRate(long before, long from, long time) {
        if (limits.requests() == 0) {
            return from;
        }
        leaving.removeIf(leave -> leave <= time);
        int free = limits.requests() - leaving.size() - underWay.size();
        if (before < free) {
            return from;
        }
        long round =
                before / limits.requests() * leave(Math.min(usual, limits.way().toNanos()));
        int turn = (int) (before % limits.requests());
        return round + (turn < free ? from : Math.max(from, leaves(turn - free)));
    }

    /** When so many more have left the time that counts. */
    private long leaves(int turn) {
        List<Long> left = new ArrayList<>(leaving);
        underWay.forEach(pass -> left.add(leave(pass.began + limits.way().toNanos())));
        Collections.sort(left);
        return left.get(Math.min(turn, left.size() - 1));
    }

    private long slotByNumber(long before, long from) {
        if (limits.concurrent() == 0 || before + underWay.size() < limits.concurrent()) {
            return from;
        }
        return from + (before + underWay.size() - limits.concurrent()) / limits.concurrent() * usual + usual;
    }

    private long leave(long counted) {
        return counted + limits.per().toNanos();
    }

    /** A call has ended. */
    synchronized void end(Pass pass) {
        long time = nanos.getAsLong();
        underWay.remove(pass);
        usual = (3 * usual + (time - pass.began)) / 4;
        if (limits.requests() > 0) {
            leaving.add(leave(Math.min(time, pass.began + limits.way().toNanos())));
        }
        notifyAll();
    }

    /** The service takes no call for a while; the one that heard it is the next when it comes again. */
    synchronized void hold(Pass heard, Duration wait) {
        hold(wait);
        tickets.put(heard.call, new Ticket(heard.number, held));
    }

    /** The service takes no call for a while. */
    synchronized void hold(Duration wait) {
        held = Math.max(held, nanos.getAsLong() + wait.toNanos());
        notifyAll();
    }

    /** Somebody uses this line. */
    synchronized void join() {
        users++;
    }

    /** Somebody uses it no more; says whether nothing is lost when it is forgotten. */
    synchronized boolean leave() {
        users--;
        long time = nanos.getAsLong();
        forgetLate(time);
        leaving.removeIf(leave -> leave <= time);
        return users == 0 && tickets.isEmpty() && underWay.isEmpty() && leaving.isEmpty() && held <= time;
    }

    /** The place of a call that waits. */
    private static final class Ticket {

        private final long number;
        private long notBefore;
        private boolean here;

        Ticket(long number, long notBefore) {
            this.number = number;
            this.notBefore = notBefore;
        }
    }

    /** A call that is under way. */
    static final class Pass {

        private final String call;
        private final long number;
        private final long began;

        private Pass(String call, long number, long began) {
            this.call = call;
            this.number = number;
            this.began = began;
        }
    }

    /** Whether a call may go. */
    sealed interface Turn {

        /** It may, and says when it has ended. */
        record Now(Pass pass, boolean waited) implements Turn {}

        /** Not before that time has passed. */
        record Later(Duration delay) implements Turn {}
    }
}
