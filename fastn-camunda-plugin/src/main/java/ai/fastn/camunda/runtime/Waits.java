package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The calls of a step that nobody performs: timers, and events from outside. When nothing else is open and the wait is
 * a long one, the run leaves the thread; the moments when timers are due are recorded then, so that they hold after
 * that.
 */
final class Waits {

    /** A shorter wait costs less in the thread than leaving it and coming back. */
    private static final long WORTH_LEAVING = TimeUnit.SECONDS.toNanos(2);

    /** More than 70 years, and safe to add to a time in nanoseconds. */
    private static final long ENDLESS = Long.MAX_VALUE / 4;

    private static final String DUE = "due";

    private final Surroundings around;
    private final Journal journal;
    private final Collection<OpenCall> open;

    /** @param open the open calls of the step, seen through */
    Waits(Surroundings around, Journal journal, Collection<OpenCall> open) {
        this.around = around;
        this.journal = journal;
        this.open = open;
    }

    /** The engine stores what a run waits for in clear. */
    void requireNoSecret(OpenCall call, String elementId) {
        if (!call.isTimer() && journal.secrets().areIn(call.request.arguments())) {
            throw new FastnException(
                    ErrorCode.SECRET_REFUSED,
                    "step \"" + elementId + "\" waits for an event whose name or key carries a secret, which the engine"
                            + " would store in clear");
        }
    }

    /** A wait begins, or goes on after the step was left. */
    void begin(OpenCall call) {
        JournalLine before = journal.started(call.ordinal);
        if (before == null) {
            call.dueAt = now() + nanosOf(call);
        } else {
            JsonNode parked = journal.parkedContent(before);
            call.payload = ArrivedEvents.payload(parked);
            call.dueAt = now() + (call.payload.isPresent() ? 0 : nanosLeft(parked));
        }
    }

    /** Another workflow has been called: nothing here says when it will have ended. */
    void begin(OpenCall call, EffectOutcome.Called run) {
        call.called = run;
        call.dueAt = now() + ENDLESS;
    }

    /** A call that could not be made yet: it is performed again, and nothing of it is on record until then. */
    void begin(OpenCall call, EffectOutcome.Later turn) {
        call.awaitsTurn = true;
        call.dueAt = now() + turn.delay().toNanos();
    }

    /** The calls whose turn has come. */
    List<OpenCall> turns() {
        List<OpenCall> come = waiting()
                .filter(call -> call.awaitsTurn && call.dueAt - now() <= 0)
                .toList();
        come.forEach(call -> call.awaitsTurn = false);
        return come;
    }

    private long now() {
        return around.ticker().nanoTime();
    }

    private static long nanosOf(OpenCall call) {
        JsonNode millis = call.isTimer()
                ? Json.read(call.request.arguments())
                : Json.read(call.request.arguments()).path("timeout");
        return millis.isNumber() ? TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis.asLong())) : ENDLESS;
    }

    private long nanosLeft(JsonNode parked) {
        return parked.has(DUE)
                ? Duration.between(
                                around.clock().instant(),
                                Instant.ofEpochMilli(parked.path(DUE).asLong()))
                        .toNanos()
                : ENDLESS;
    }

    /** The wait that is over, if one is. */
    Stream<OpenCall> due() {
        return waiting()
                .filter(call -> !call.awaitsTurn && call.dueAt - now() <= 0)
                .limit(1);
    }

    private Stream<OpenCall> waiting() {
        return open.stream()
                .filter(call -> call.isWait() && call.known == null)
                .sorted(Comparator.comparingLong(call -> call.dueAt));
    }

    /**
     * How long nothing but another call can go on with the step.
     *
     * @param alone whether there is no other call
     */
    long nanosToNext(boolean alone, long longest) {
        Optional<OpenCall> next = waiting().findFirst();
        if (next.isEmpty()) {
            return longest;
        }
        if (alone) {
            around.ticker().idle(next.get().dueAt - now());
        }
        return Math.min(next.get().dueAt - now(), longest);
    }

    /**
     * Nothing but waits is open.
     *
     * @throws ParkedException when the next one takes so long that the run leaves the thread
     */
    void requireShort() {
        List<OpenCall> waits = waiting().toList();
        if (waits.isEmpty() || nanosToNext(true, ENDLESS) < WORTH_LEAVING) {
            return;
        }
        waits.stream()
                .filter(call -> (call.isTimer() || call.isEvent()) && journal.started(call.ordinal) == null)
                .forEach(call -> journal.keep(call.parked(content(call))));
        throw new ParkedException(
                Optional.of(waits.get(0)).filter(call -> !isEndless(call)).map(this::dueOf),
                waits.stream().filter(OpenCall::isEvent).map(AwaitedEvent::of).toList(),
                waits.stream()
                        .flatMap(call -> Stream.ofNullable(call.called).map(run -> new CalledRun(call.ordinal, run)))
                        .toList());
    }

    private String content(OpenCall call) {
        return isEndless(call) ? "{}" : Json.write(Map.of(DUE, dueOf(call).toEpochMilli()));
    }

    private boolean isEndless(OpenCall call) {
        return call.dueAt - now() > ENDLESS / 2;
    }

    private Instant dueOf(OpenCall call) {
        return around.clock().instant().plusNanos(call.dueAt - now());
    }
}
