package ai.fastn.camunda.effect.connector.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and makes the texts that an authorization server gets and gives. */
final class ProviderText {

    private ProviderText() {}

    static Map<String, String> directives(String header) {
        Map<String, String> directives = new LinkedHashMap<>();
        Matcher matcher = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))").matcher(header);
        while (matcher.find()) {
            directives.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
        }
        return directives;
    }

    static String hex(String algorithm, String text) {
        return HexFormat.of().formatHex(sha(algorithm, text));
    }

    static byte[] sha(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> form(@Nullable String text) {
        Map<String, String> form = new LinkedHashMap<>();
        Arrays.stream(String.valueOf(text).split("&", -1))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> form.put(
                        URLDecoder.decode(pair[0], UTF_8), pair.length > 1 ? URLDecoder.decode(pair[1], UTF_8) : ""));
        return form;
    }

    static Map<String, String> json(String text) {
        try {
            JsonNode node = new ObjectMapper().readTree(text);
            Map<String, String> members = new LinkedHashMap<>();
            node.properties()
                    .forEach(each -> members.put(each.getKey(), each.getValue().asText()));
            return members;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
