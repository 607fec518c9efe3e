package ai.fastn.camunda.workflow;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often and after which waits a failed step is tried again.
 *
 * @param maxAttempts attempts in total, the first included (1 to 10); 1 means no retry
 * @param initialInterval wait before the second attempt
 * @param backoffCoefficient factor from one wait to the next, at least 1
 * @param maxInterval upper limit of a wait
 */
public record RetryPolicy(int maxAttempts, Duration initialInterval, double backoffCoefficient, Duration maxInterval) {

    public static final RetryPolicy OFF = new RetryPolicy(1, Duration.ofSeconds(5), 2, Duration.ofSeconds(60));
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofSeconds(5), 2, Duration.ofSeconds(60));

    public RetryPolicy {
        check(maxAttempts >= 1 && maxAttempts <= 10, "max attempts " + maxAttempts + " lies outside 1 to 10");
        check(!initialInterval.isNegative(), "initial interval of " + initialInterval.toMillis() + " ms is negative");
        check(backoffCoefficient >= 1, "backoff coefficient " + backoffCoefficient + " is below 1");
        check(!maxInterval.isNegative(), "max interval of " + maxInterval.toMillis() + " ms is negative");
    }

    /** The waits between the attempts, one fewer than attempts: {@code min(initial * coefficient^k, max)}. */
    public List<Duration> waits() {
        return IntStream.range(0, maxAttempts - 1).mapToObj(this::wait).toList();
    }

    private Duration wait(int k) {
        double millis = initialInterval.toMillis() * Math.pow(backoffCoefficient, k);
        return millis >= maxInterval.toMillis() ? maxInterval : Duration.ofMillis(Math.round(millis));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("retry policy: " + otherwise);
        }
    }
}
