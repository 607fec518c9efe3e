package ai.fastn.camunda.effect.connector;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;

/**
 * What a service answered, decoded.
 *
 * @param headers values by lower-case name, in the order they came
 * @param body decompressed
 */
record ConnectorAnswer(int status, Map<String, List<String>> headers, ByteBuffer body) {

    /** Types beside {@code text/...} whose content is a text; a type that ends in +json or +xml is one too. */
    private static final Pattern TEXT = Pattern.compile(
            "text/.*|.*[/+](json|xml|yaml|x-yaml|javascript|x-ndjson|ndjson|x-www-form-urlencoded|graphql|csv)",
            Pattern.CASE_INSENSITIVE);

    static ConnectorAnswer of(int status, Header[] headers, byte[] body) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (Header header : headers) {
            byName.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                    .add(String.valueOf(header.getValue()));
        }
        return new ConnectorAnswer(status, byName, ByteBuffer.wrap(body));
    }

    private Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    Optional<String> contentType() {
        return header("content-type");
    }

    Optional<String> location() {
        return header("location");
    }

    /** The addresses it names. */
    Optional<String> link() {
        return header("link");
    }

    /** How it wants to be shown who calls, after a 401. */
    Optional<String> challenge() {
        return Optional.of(String.join(", ", headers.getOrDefault("www-authenticate", List.of())))
                .filter(text -> !text.isEmpty());
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isJson() {
        String type = contentType().orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("application/json") || type.matches("[a-z]+/[^;]*\\+json.*");
    }

    /** Whether it is to be read as text; an answer that does not say what it is counts as one. */
    boolean isText() {
        return contentType()
                .map(type -> TEXT.matcher(type.split(";", 2)[0].strip()).matches())
                .orElse(true);
    }

    /** The body by the charset of its type, UTF-8 where it names none. */
    String text() {
        return charset(contentType()).decode(body.duplicate()).toString();
    }

    String base64() {
        return StandardCharsets.ISO_8859_1
                .decode(Base64.getEncoder().encode(body.duplicate()))
                .toString();
    }

    private static Charset charset(Optional<String> contentType) {
        return contentType
                .map(ContentType::parseLenient)
                .map(ContentType::getCharset)
                .orElse(StandardCharsets.UTF_8);
    }

    /** How long the service asks to wait: seconds, or until a date. */
    Optional<Duration> wait(Clock clock) {
        return header("retry-after").flatMap(text -> {
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
