package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.StartKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    private static final int LONGEST = 255;
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
        return values.stream().findFirst().map(value -> new StartKey(text(value.strip()), fingerprint(sent)));
    }

    private static String text(String value) {
        Matcher quoted = QUOTED.matcher(value);
        String text = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : value;
        if (text.length() > LONGEST) {
            throw refused("has " + text.length() + " characters: 1 to " + LONGEST + " are expected");
        }
        if (!quoted.matches() && !PLAIN.matcher(value).matches()) {
            throw refused(
                    "is no key: 1 to " + LONGEST + " characters of ASCII are expected, in double quotes where they"
                            + " have blanks, commas or semicolons");
        }
        return text;
    }

    private static String fingerprint(ExecuteBody sent) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(sent.input().getBytes(StandardCharsets.UTF_8));
            // bytes that are in no JSON say what follows
            add(sha256, 0, sent.headers());
            add(sha256, 1, sent.mocks());
            add(sha256, 2, sent.record().filter(record -> sent.isRecorded()));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, int mark, Optional<String> member) {
        member.ifPresent(json -> {
            digest.update((byte) mark);
            digest.update(json.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static FastnException refused(String why) {
        return new FastnException(ErrorCode.START_KEY, "header \"" + HEADER + "\" " + why);
    }
}
