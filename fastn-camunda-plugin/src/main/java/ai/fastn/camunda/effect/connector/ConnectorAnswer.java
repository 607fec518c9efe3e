package ai.fastn.camunda.effect.connector;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ContentType;

/**
 * What a service answered, decoded.
 *
 * @param challenge how it wants to be shown who calls, after a 401
 */
record ConnectorAnswer(
        int status,
        Optional<String> contentType,
        Optional<String> location,
        Optional<String> retryAfter,
        Optional<String> challenge,
        String text) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isJson() {
        String type = contentType.orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("application/json") || type.matches("[a-z]+/[^;]*\\+json.*");
    }

    static Charset charset(Optional<String> contentType) {
        return contentType
                .map(ContentType::parseLenient)
                .map(ContentType::getCharset)
                .orElse(StandardCharsets.UTF_8);
    }

    /** How long the service asks to wait: seconds, or until a date. */
    Optional<Duration> wait(Clock clock) {
        return retryAfter.flatMap(text -> {
            if (text.strip().matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
            }
            Instant until = DateUtils.parseStandardDate(text);
            return Optional.ofNullable(until).map(date -> {
                Duration wait = Duration.between(clock.instant(), date);
                return wait.isNegative() ? Duration.ZERO : wait;
            });
        });
    }
}
