package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Events for the waits of runs. They are kept in the line of the wait, and the step that waits finds them there when it
 * runs again: a step that executes at this moment is not disturbed.
 */
public final class ArrivedEvents {

    private static final String ARRIVED = "arrived";

    private final FrameCipher cipher;

    public ArrivedEvents(FrameCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * Until the transaction of the connection ends, nothing else reaches the run and its step does not begin to wait.
     *
     * @return false when the run has ended
     */
    public boolean lock(Connection connection, ExecutionId execution) throws SQLException {
        return new JournalRows(connection).lock(execution);
    }

    /**
     * Keeps the payload of an event in the transaction of the connection. The run is locked until that ends.
     *
     * @param call number of the call that waits
     * @return false when it no longer waits
     */
    public boolean arrived(Connection connection, RunScope scope, int call, String payloadJson) throws SQLException {
        JournalRows rows = new JournalRows(connection);
        if (!rows.lock(scope.execution())) {
            return false;
        }
        Optional<JournalLine> waiting = rows.waiting(scope.execution()).stream()
                .filter(line -> line.ordinal() == call)
                .findFirst();
        if (waiting.isEmpty()) {
            return false;
        }
        Envelope envelope = new Envelope(cipher, scope);
        JsonNode content = Json.read(envelope.unpack(waiting.get().content()));
        if (content.has(ARRIVED)) {
            return false;
        }
        ((ObjectNode) content).set(ARRIVED, Json.read(payloadJson));
        rows.replace(scope.execution(), waiting.get().key(), envelope.pack(Json.write(content)));
        return true;
    }

    /**
     * Whether an event for one of these calls has arrived since their step last looked. The run is locked until the
     * transaction ends, so that the step can begin to wait before the next event comes.
     */
    public boolean haveArrived(Connection connection, RunScope scope, Collection<Integer> calls) throws SQLException {
        JournalRows rows = new JournalRows(connection);
        if (!rows.lock(scope.execution())) {
            return false;
        }
        Envelope envelope = new Envelope(cipher, scope);
        return rows.waiting(scope.execution()).stream()
                .filter(line -> calls.contains(line.ordinal()))
                .anyMatch(line ->
                        payload(Json.read(envelope.unpack(line.content()))).isPresent());
    }

    /**
     * Gives kept events to waits that begin, to each the oldest one, in the transaction of the connection. Until that
     * ends nobody keeps another one for them.
     *
     * @return whether there was one
     */
    public boolean takeKept(Connection connection, RunScope scope, List<AwaitedEvent> events, Instant now)
            throws SQLException {
        KeptEvents kept = new KeptEvents(connection);
        boolean any = false;
        // in one order for all, so that none waits for another
        for (AwaitedEvent event : events.stream()
                .sorted(Comparator.comparing((AwaitedEvent event) -> event.message())
                        .thenComparing(AwaitedEvent::call))
                .toList()) {
            kept.lock(scope.tenant(), event.message());
            Optional<String> payload = kept.take(scope.tenant(), event.message(), now);
            if (payload.isPresent()) {
                any |= arrived(connection, scope, event.call(), payload.get());
            }
        }
        return any;
    }

    /** The payload in what the line of a wait says, if it has come. */
    static Optional<String> payload(JsonNode content) {
        return content.has(ARRIVED) ? Optional.of(Json.write(content.get(ARRIVED))) : Optional.empty();
    }
}
