package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.StartKey;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * The header {@code Idempotency-Key}: a string in quotes as in draft-ietf-httpapi-idempotency-key-header, or the same
 * without quotes, as most clients write it. Both mean the same key.
 */
final class IdempotencyKey {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x20-\\x7e&&[^\"\\\\]]|\\\\[\"\\\\])+)\"");
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\,;]]+");

    private IdempotencyKey() {}

    /**
     * The key of a start, if it has one.
     *
     * @throws FastnException START_KEY
     */
    static Optional<StartKey> of(HttpHeaders headers, ExecuteBody sent) {
        List<String> values = headers.getOrDefault(HEADER, List.of());
        if (values.size() > 1) {
            throw refused("is there " + values.size() + " times: one is expected");
        }
        return values.stream().findFirst().map(value -> of(text(value.strip()), sent));
    }

    private static StartKey of(String text, ExecuteBody sent) {
        Optional<String> recorded = sent.record().filter(json -> sent.isRecorded());
        return StartKey.of(text, sent.input(), List.of(sent.headers(), sent.mocks(), recorded));
    }

    private static String text(String value) {
        Matcher quoted = QUOTED.matcher(value);
        String text = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : value;
        if (text.length() > StartKey.LONGEST) {
            throw refused("has " + text.length() + " characters: 1 to " + StartKey.LONGEST + " are expected");
        }
        if (!quoted.matches() && !PLAIN.matcher(value).matches()) {
            throw refused("is no key: 1 to " + StartKey.LONGEST
                    + " characters of ASCII are expected, in double quotes where they"
                    + " have blanks, commas or semicolons");
        }
        return text;
    }

    private static FastnException refused(String why) {
        return new FastnException(ErrorCode.START_KEY, "header \"" + HEADER + "\" " + why);
    }
}
