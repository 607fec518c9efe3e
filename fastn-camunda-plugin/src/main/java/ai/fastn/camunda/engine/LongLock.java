package ai.fastn.camunda.engine;

import java.time.Duration;
import java.util.Date;

/**
 * How long a job of a workflow stays locked: longer than any step may take, for a second execution beside the first
 * would only disturb it. Whether a node is dead its lease says.
 */
final class LongLock {

    /** A Long run has six hours. */
    private static final Duration TIME = Duration.ofHours(7);

    private LongLock() {}

    static Date fromNow() {
        return Date.from(RunSession.now().plus(TIME));
    }
}
