package ai.fastn.camunda.effect.connector;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how many calls a service takes: {@code limits: {requests: 10, per: 1s, concurrent: 4}}. */
final class LimitsReader {

    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");
    private static final int MOST = 100_000;

    private LimitsReader() {}

    static CallLimits read(DefinitionNode node) {
        if (!node.isPresent()) {
            return CallLimits.NONE;
        }
        node.withOnly("requests", "per", "concurrent");
        DefinitionNode requests = node.field("requests");
        DefinitionNode per = node.field("per");
        if (requests.isPresent() != per.isPresent()) {
            throw node.wrong("needs both of requests and per, such as {requests: 10, per: 1s}");
        }
        return new CallLimits(number(requests), time(per), number(node.field("concurrent")));
    }

    private static int number(DefinitionNode node) {
        if (!node.isPresent()) {
            return 0;
        }
        int number = node.node().asInt();
        if (!node.node().isInt() || number < 1 || number > MOST) {
            throw node.wrong("is \"" + node.node().asText() + "\"; it is a whole number from 1 to " + MOST);
        }
        return number;
    }

    private static Duration time(DefinitionNode node) {
        if (!node.isPresent()) {
            return Duration.ZERO;
        }
        Matcher matcher = TIME.matcher(node.text());
        Duration time = matcher.matches() ? of(Long.parseLong(matcher.group(1)), matcher.group(2)) : Duration.ZERO;
        if (time.isZero() || time.compareTo(Duration.ofHours(24)) > 0) {
            throw node.wrong("is \"" + node.text() + "\"; it is a time such as 500ms, 1s or 1m, at most 24h");
        }
        return time;
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
