package ai.fastn.camunda.effect.connector;

import java.time.Duration;

/**
 * How many calls a service takes from one connection.
 *
 * @param requests calls in any span of time as long as {@code per}; 0 = any number
 * @param concurrent calls under way at once; 0 = any number
 */
public record CallLimits(int requests, Duration per, int concurrent) {

    /** No limits. */
    public static final CallLimits NONE = new CallLimits(0, Duration.ZERO, 0);

    private static final Duration LONGEST_WAY = Duration.ofSeconds(1);

    /** How long a call may be on its way to the service after it was begun: it may count there so much later. */
    Duration way() {
        return per.compareTo(LONGEST_WAY) < 0 ? per : LONGEST_WAY;
    }
}
