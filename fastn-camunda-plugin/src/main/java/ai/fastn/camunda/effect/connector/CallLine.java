package ai.fastn.camunda.effect.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private long elsewhere;
    private boolean exact;
    private long usual = FIRST_GUESS;
    private long sequence;
    private int users;

    CallLine(LongSupplier nanos) {
        this.nanos = nanos;
        this.held = nanos.getAsLong();
        this.elsewhere = held;
    }

    /** Waits for the turn of a call that nobody else counts. */
    Turn enter(String call, CallLimits now, Duration patience) throws InterruptedException {
        return enter(call, now, patience, usual -> new Gate.Answer.Go());
    }

    /**
     * Waits for the turn of a call.
     *
     * @param call the same text whenever this call comes
     * @param patience how long its thread waits
     * @param gate asked when it is the call's turn here, without keeping others from this line
     */
    Turn enter(String call, CallLimits now, Duration patience, Gate gate) throws InterruptedException {
        Ticket ticket = come(call, now);
        boolean served = false;
        try {
            while (true) {
                Optional<Turn> later = head(ticket, patience);
                served = later.isPresent();
                if (served) {
                    return later.get();
                }
                Gate.Answer answer = gate.ask(usual());
                if (answer instanceof Gate.Answer.Wait wait) {
                    refused(wait);
                } else {
                    served = true;
                    return new Turn.Now(go(call), ticket.waited);
                }
            }
        } finally {
            left(served ? Optional.empty() : Optional.of(call));
        }
    }

    private synchronized Ticket come(String call, CallLimits now) {
        limits = now;
        long time = nanos.getAsLong();
        forgetLate(time);
        Ticket ticket = tickets.computeIfAbsent(call, any -> newTicket(time));
        ticket.here = true;
        ticket.waited = false;
        ticket.came = time;
        return ticket;
    }

    /** Waits until it is the first of those that are here and there is room for it; or says when to come again. */
    private synchronized Optional<Turn> head(Ticket ticket, Duration patience) throws InterruptedException {
        while (true) {
            long time = nanos.getAsLong();
            long before = ahead(ticket, true);
            long wait = Math.max(ticket.notBefore - time, slot(before, time) - time);
            if (wait <= 0 && before == 0) {
                return Optional.empty();
            }
            if (time - ticket.came + Math.max(wait, 0) > patience.toNanos()) {
                return Optional.of(away(ticket, Math.max(wait, slot(ahead(ticket, false), time) - time), time));
            }
            ticket.waited = true;
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(wait, TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }

    private synchronized Duration usual() {
        return Duration.ofNanos(usual);
    }

    private synchronized void refused(Gate.Answer.Wait wait) {
        elsewhere = nanos.getAsLong() + wait.nanos();
        exact = wait.exact();
    }

    private synchronized void left(Optional<String> unserved) {
        unserved.ifPresent(tickets::remove);
        notifyAll();
    }

    private Ticket newTicket(long time) {
        return new Ticket(sequence++, slot(tickets.size(), time));
    }

    private synchronized Pass go(String call) {
        long time = nanos.getAsLong();
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
        long from = Math.max(Math.max(held, elsewhere), time);
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
        if (!exact) {
            elsewhere = time;
        }
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
        private long came;
        private boolean here;
        private boolean waited;

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

    /** Says whether those who are not in this line leave room for a call. */
    interface Gate {

        /**
         * Asks for room for one call.
         *
         * @param usual how long calls of this line usually take
         */
        Answer ask(Duration usual);

        /** Whether there is room. */
        sealed interface Answer {

            /** There is. */
            record Go() implements Answer {}

            /** There is none for so long; if that is a guess, a call that ends here is a reason to ask again. */
            record Wait(long nanos, boolean exact) implements Answer {}
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
