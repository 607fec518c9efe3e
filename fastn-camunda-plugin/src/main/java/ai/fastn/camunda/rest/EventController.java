package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.execution.AwaitedEvents;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    private final AwaitedEvents events;

    public EventController(AwaitedEvents events) {
        this.events = events;
    }

    @PostMapping("/events/{event}")
    ResponseEntity<byte[]> arrived(
            Caller caller, @PathVariable String event, @RequestBody(required = false) byte @Nullable [] body) {
        Arrival arrival = body == null || body.length == 0 ? new Arrival(null, null) : Body.read(body, Arrival.class);
        events.arrived(
                caller.tenant(),
                event,
                Optional.ofNullable(arrival.key()),
                arrival.payload() == null ? "null" : arrival.payload().toString());
        return Replies.ok(Map.of("event", event, "delivered", true));
    }

    /**
     * The body.
     *
     * @param key which of the runs that wait for this event; null where they wait without one
     * @param payload what {@code fastn.waitFor} gives
     */
    record Arrival(@Nullable String key, @Nullable JsonNode payload) {}
}
