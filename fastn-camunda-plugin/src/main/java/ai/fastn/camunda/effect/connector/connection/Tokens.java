package ai.fastn.camunda.effect.connector.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an authorization server or a login gave.
 *
 * @param refresh empty: none, or the old one goes on
 * @param lifetime from now; empty: until the service refuses it
 * @param scopes empty: those that were asked for
 * @param account whose it is, where the answer says so
 */
record Tokens(
        String access,
        Optional<String> refresh,
        Optional<Duration> lifetime,
        Optional<List<String>> scopes,
        Optional<String> account) {

    private static final Duration EARLY = Duration.ofMinutes(1);

    Optional<Instant> expiresAt(Instant now) {
        return lifetime.map(now::plus);
    }

    /** A minute before the end, as clocks differ and calls take time; a quarter of a short life. */
    Optional<Instant> renewAt(Instant now) {
        return lifetime.map(life -> {
            Duration quarter = life.dividedBy(4);
            return now.plus(life.minus(quarter.compareTo(EARLY) < 0 ? quarter : EARLY));
        });
    }

    @Override
    public String toString() {
        return "tokens";
    }
}
