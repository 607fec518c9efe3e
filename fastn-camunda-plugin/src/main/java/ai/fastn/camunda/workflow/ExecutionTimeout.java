package ai.fastn.camunda.workflow;

import java.time.Duration;

/** The time a run may take, counted from its start; lies in the range of its tier. */
public record ExecutionTimeout(Duration duration) {

    /**
     * The timeout of a tier.
     *
     * @throws IllegalArgumentException when the duration lies outside the tier's range
     */
    public static ExecutionTimeout of(Tier tier, Duration duration) {
        if (duration.compareTo(tier.shortestTimeout()) < 0 || duration.compareTo(tier.longestTimeout()) > 0) {
            throw new IllegalArgumentException(
                    "execution timeout of " + duration.toMillis() + " ms lies outside the range of tier "
                            + tier.title() + ": " + tier.shortestTimeout().toMillis() + " ms to "
                            + tier.longestTimeout().toMillis() + " ms");
        }
        return new ExecutionTimeout(duration);
    }

    public static ExecutionTimeout defaultOf(Tier tier) {
        return new ExecutionTimeout(tier.defaultTimeout());
    }
}
