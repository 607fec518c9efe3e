package ai.fastn.camunda.effect;

import java.util.Arrays;
import java.util.Optional;

/** What usually goes wrong with a call of a service. */
public enum Scenario {
    NOT_FOUND("not found", 404),
    RATE_LIMITED("rate limited", 429),
    UNAUTHORIZED("unauthorized", 401),
    SERVER_ERROR("server error", 500),
    /** No answer at all. */
    TIMEOUT("timeout", 0);

    private final String words;
    private final int status;

    Scenario(String words, int status) {
        this.words = words;
        this.status = status;
    }

    public static Optional<Scenario> of(String words) {
        return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
    }

    /** As people write it. */
    public String words() {
        return words;
    }

    /** What the service answers; 0: it does not. */
    public int status() {
        return status;
    }

    /** Seconds after which the service wants to be asked again, where it says so. */
    public Optional<String> retryAfter() {
        return this == RATE_LIMITED ? Optional.of("1") : Optional.empty();
    }
}
