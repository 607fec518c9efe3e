package ai.fastn.camunda.effect.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final String SECRET = "s3cr\"t/ü+ key~1";

    private final Redaction redaction = Redaction.of(Map.of("TOKEN", SECRET));

    @Test
    void theSecretItselfIsReplacedByItsName() {
        assertThat(redaction.apply("a " + SECRET + " b " + SECRET)).isEqualTo("a «secret:TOKEN» b «secret:TOKEN»");
    }

    @Test
    void aTextWithoutSecretsStaysAsItIs() {
        assertThat(redaction.apply("nothing here")).isEqualTo("nothing here");
        assertThat(Redaction.NONE.apply(SECRET)).isEqualTo(SECRET);
    }

    @Test
    void usualEncodingsAreFound() {
        String form = URLEncoder.encode(SECRET, UTF_8);
        String hex = HexFormat.of().formatHex(SECRET.getBytes(UTF_8));

        assertThat(new String[] {
                    "{\"t\":\"s3cr\\\"t/ü+ key~1\"}",
                    "s3cr\\\"t\\/ü+ key~1",
                    "s3cr\\\"t/\\u00fc+ key~1",
                    form,
                    form.replace("%2F", "%2f")
                            .replace("%C3%BC", "%c3%bc")
                            .replace("%22", "%22")
                            .replace("%2B", "%2b")
                            .replace("%7E", "%7e"),
                    "s3cr%22t/%C3%BC+%20key~1", // encodeURI, and the query of a URL object
                    form.replace("+", "%20").replace("%7E", "~"),
                    hex,
                    hex.toUpperCase(java.util.Locale.ROOT),
                    Base64.getEncoder().encodeToString(("user:" + SECRET).getBytes(UTF_8)),
                })
                .allSatisfy(
                        text -> assertThat(redaction.apply("<" + text + ">")).contains("«secret:TOKEN»"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:", "user1:"})
    void base64IsFoundAtEveryOffset(String before) {
        byte[] bytes = (before + SECRET + before).getBytes(UTF_8);

        assertThat(redaction.apply(Base64.getEncoder().encodeToString(bytes))).contains("«secret:TOKEN»");
        assertThat(redaction.apply(Base64.getUrlEncoder().encodeToString(bytes)))
                .contains("«secret:TOKEN»");
    }

    @Test
    void eachLeafOfAJsonSecretCounts() {
        Redaction json =
                Redaction.NONE.with("DB", "{\"user\": \"someone\", \"more\": [{\"password\": \"hunter2222\"}]}");

        assertThat(json.apply("password=hunter2222 {\"user\":\"someone\",\"more\":[{\"password\":\"hunter2222\"}]}"))
                .isEqualTo("password=«secret:DB» «secret:DB»");
    }

    @Test
    void theOutcomeOfSecretsGetCounts() {
        assertThat(Redaction.NONE.withOutcome("A", "\"quo\\\"ted\"").apply("quo\"ted"))
                .isEqualTo("«secret:A»");
        assertThat(Redaction.NONE.withOutcome("A", "{\"p\":\"hunter2222\"}").apply("hunter2222"))
                .isEqualTo("«secret:A»");
    }

    @Test
    void aLongerSecretWinsOverOneItContains() {
        assertThat(Redaction.NONE
                        .with("SHORT", "abcdef")
                        .with("LONG", "abcdefgh")
                        .apply("abcdefgh abcdef"))
                .isEqualTo("«secret:LONG» «secret:SHORT»");
    }
}
