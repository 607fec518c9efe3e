package ai.fastn.camunda.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Only time or events from outside can go on with a step: the run leaves the thread, and the step runs again then. What
 * it has called so far is answered from the record.
 */
public final class ParkedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> due;
    private final transient List<AwaitedEvent> events;
    private final transient List<CalledRun> calls;

    ParkedException(Optional<Instant> due, List<AwaitedEvent> events, List<CalledRun> calls) {
        super("the step waits", null, false, false);
        this.due = due;
        this.events = List.copyOf(events);
        this.calls = List.copyOf(calls);
    }

    /** When the step is to run again; empty where only an event can end the wait. */
    public Optional<Instant> due() {
        return due;
    }

    /** The events that are to run it again. */
    public List<AwaitedEvent> events() {
        return events;
    }

    /** The runs of other workflows that are to run it again when they have ended. */
    public List<CalledRun> calls() {
        return calls;
    }
}
