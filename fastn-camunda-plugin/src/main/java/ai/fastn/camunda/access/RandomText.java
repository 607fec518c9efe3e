package ai.fastn.camunda.access;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Text nobody can guess, of letters and digits (base 62). */
final class RandomText {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private RandomText() {}

    static String ofLength(int length, SecureRandom random) {
        return random.ints(length, 0, ALPHABET.length())
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .collect(Collectors.joining());
    }
}
