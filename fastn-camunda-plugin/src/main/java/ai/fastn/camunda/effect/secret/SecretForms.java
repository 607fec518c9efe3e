package ai.fastn.camunda.effect.secret;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ways in which a secret may stand in a text: as it is, or in one of the usual encodings. */
final class SecretForms {

    /** What encodeURI leaves as it is, beside letters and digits. */
    private static final String KEPT_BY_ENCODE_URI = "-_.!~*'();/?:@&=+$,#";

    /** What a URL object escapes in a query and in a path. */
    private static final String ESCAPED_IN_QUERY = " \"#<>'";

    private static final String ESCAPED_IN_PATH = " \"#<>?`{}";

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

    private SecretForms() {}

    static Stream<String> of(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        return Stream.of(
                        Stream.of(secret, hex, hex.toUpperCase(Locale.ROOT)),
                        json(secret),
                        url(secret, bytes),
                        IntStream.range(0, 3).boxed().flatMap(offset -> base64(bytes, offset)))
                .flatMap(forms -> forms)
                .distinct();
    }

    /** As JSON.stringify writes it, once and twice, and with the slash escaped as some servers do. */
    private static Stream<String> json(String secret) {
        String once = escapeJson(secret);
        return Stream.of(once, escapeJson(once), once.replace("/", "\\/"), escapeNonAscii(once));
    }

    private static String escapeJson(String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String escapeNonAscii(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c < 0x80) {
                escaped.append((char) c);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return escaped.toString();
    }

    /**
     * As form encoding, as encodeURIComponent and encodeURI, as in a URL object, and with every byte escaped; both
     * cases of the digits.
     */
    private static Stream<String> url(String secret, byte[] bytes) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String component = form.replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
        String everyByte = HexFormat.of().withPrefix("%").withUpperCase().formatHex(bytes);
        return Stream.of(
                        form,
                        form.replace("+", "%20"),
                        component,
                        everyByte,
                        escaped(bytes, c -> Character.isLetterOrDigit(c) || KEPT_BY_ENCODE_URI.indexOf(c) >= 0),
                        escaped(bytes, c -> ESCAPED_IN_QUERY.indexOf(c) < 0),
                        escaped(bytes, c -> ESCAPED_IN_PATH.indexOf(c) < 0))
                .flatMap(SecretForms::bothCases);
    }

    private static String escaped(byte[] bytes, IntPredicate kept) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b > 0x1f && b < 0x7f && kept.test(b)) {
                text.append((char) b);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return text.toString();
    }

    private static Stream<String> bothCases(String escaped) {
        return Stream.of(
                escaped,
                ESCAPE.matcher(escaped).replaceAll(match -> match.group().toLowerCase(Locale.ROOT)));
    }

    /** The characters of a Base64 text that depend on the secret alone when it begins at this offset of three bytes. */
    private static Stream<String> base64(byte[] bytes, int offset) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        int from = (offset * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        if (to - from < 6) {
            return Stream.empty();
        }
        return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
                .map(encoder -> encoder.encodeToString(Arrays.copyOf(shifted, shifted.length)))
                .map(text -> text.substring(from, to));
    }
}
