package ai.fastn.camunda.workflow;

import java.time.Duration;

/** How a run is executed: in the caller's request (Instant) or in the background (Standard, Long). */
public enum Tier {
    INSTANT("Instant", Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofSeconds(60)),
    STANDARD("Standard", Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofMinutes(2)),
    LONG("Long", Duration.ofSeconds(30), Duration.ofHours(6), Duration.ofMinutes(15));

    private final String title;
    private final Duration shortestTimeout;
    private final Duration longestTimeout;
    private final Duration defaultTimeout;

    Tier(String title, Duration shortestTimeout, Duration longestTimeout, Duration defaultTimeout) {
        this.title = title;
        this.shortestTimeout = shortestTimeout;
        this.longestTimeout = longestTimeout;
        this.defaultTimeout = defaultTimeout;
    }

    /** The word shown to people. */
    public String title() {
        return title;
    }

    public Duration shortestTimeout() {
        return shortestTimeout;
    }

    public Duration longestTimeout() {
        return longestTimeout;
    }

    public Duration defaultTimeout() {
        return defaultTimeout;
    }

    /** Whether the caller waits for the result. */
    public boolean isSynchronous() {
        return this == INSTANT;
    }
}
