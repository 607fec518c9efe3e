package ai.fastn.camunda.runtime;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What makes a start happen once, however often it is asked for.
 *
 * @param text chosen by who asks; the same for each repetition
 * @param request SHA-256 of what is asked for, in hexadecimal digits: another request with the same key is a mistake
 */
public record StartKey(String text, String request) implements Serializable {

    /** Characters of the longest key. */
    public static final int LONGEST = 255;

    /**
     * The key of a request.
     *
     * @param input JSON
     * @param others further members of the request as JSON, always in the same order
     */
    public static StartKey of(String text, String input, List<Optional<String>> others) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(input.getBytes(StandardCharsets.UTF_8));
            for (int place = 0; place < others.size(); place++) {
                add(sha256, place, others.get(place));
            }
            return new StartKey(text, HexFormat.of().formatHex(sha256.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, int place, Optional<String> member) {
        member.ifPresent(json -> {
            digest.update((byte) place); // a byte that is in no JSON says what follows
            digest.update(json.getBytes(StandardCharsets.UTF_8));
        });
    }
}
