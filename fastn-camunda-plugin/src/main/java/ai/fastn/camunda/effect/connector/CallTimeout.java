package ai.fastn.camunda.effect.connector;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a call may take.
 *
 * @param connect until the service has taken the connection
 * @param total for the whole call
 */
public record CallTimeout(Duration connect, Duration total) {

    static final Duration USUAL_CONNECT = Duration.ofSeconds(5);

    /** Of a definition that says nothing. */
    static final CallTimeout USUAL = of(Duration.ofSeconds(30));

    private static final Pattern TIME = Pattern.compile("([0-9]{1,4})(ms|s|m)");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** So long in all; the usual time to connect. */
    public static CallTimeout of(Duration total) {
        return new CallTimeout(USUAL_CONNECT, total);
    }

    /** Reads {@code 10s} or {@code {connect: 2s, total: 10s}}; what is not said is as otherwise. */
    static CallTimeout read(DefinitionNode node, CallTimeout otherwise) {
        if (!node.isPresent()) {
            return otherwise;
        }
        if (!node.node().isObject()) {
            return new CallTimeout(otherwise.connect, time(node));
        }
        node.withOnly("connect", "total");
        DefinitionNode connect = node.field("connect");
        DefinitionNode total = node.field("total");
        return new CallTimeout(
                connect.isPresent() ? time(connect) : otherwise.connect,
                total.isPresent() ? time(total) : otherwise.total);
    }

    private static Duration time(DefinitionNode node) {
        Matcher matcher = TIME.matcher(node.text());
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration time = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMinutes(number);
            };
            if (!time.isZero() && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        }
        throw node.wrong("is \"" + node.text() + "\"; it is a time such as 500ms, 30s or 2m, at most 10m");
    }
}
