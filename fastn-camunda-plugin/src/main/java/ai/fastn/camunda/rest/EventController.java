package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.execution.AwaitedEvents;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Events that runs wait for in {@code fastn.waitFor}. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class EventController {

    /** Nobody remembers an event for longer. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private final AwaitedEvents events;

    public EventController(AwaitedEvents events) {
        this.events = events;
    }

    @PostMapping("/events/{event}")
    ResponseEntity<byte[]> arrived(
            Caller caller, @PathVariable String event, @RequestBody(required = false) byte @Nullable [] body) {
        Arrival arrival =
                body == null || body.length == 0 ? new Arrival(null, null, null) : Body.read(body, Arrival.class);
        Optional<Instant> kept = events.arrived(
                caller.tenant(),
                event,
                Optional.ofNullable(arrival.key()),
                arrival.payload() == null ? "null" : arrival.payload().toString(),
                keep(arrival.keep()));
        return kept.isEmpty()
                ? Replies.ok(Map.of("event", event, "delivered", true))
                : Replies.of(HttpStatus.ACCEPTED, Map.of("event", event, "delivered", false, "keptUntil", kept.get()));
    }

    private static Duration keep(@Nullable Long seconds) {
        if (seconds == null) {
            return Duration.ZERO;
        }
        if (seconds < 1 || seconds > LONGEST.toSeconds()) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "member \"keep\" is " + seconds + ": 1 to " + LONGEST.toSeconds() + " seconds are expected");
        }
        return Duration.ofSeconds(seconds);
    }

    /**
     * The body.
     *
     * @param key which of the runs that wait for this event; null where they wait without one
     * @param payload what {@code fastn.waitFor} gives
     * @param keep for how many seconds the event waits for a run that waits for it; null: it is refused
     */
    record Arrival(
            @Nullable String key,
            @Nullable JsonNode payload,
            @Nullable Long keep) {}
}
