package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas of tenants that would keep a thread busy, or fill its stack or the memory. */
@Timeout(60)
class SchemaSafetyTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    @BeforeAll
    static void warm() {
        mistakes(definition("{\"type\": \"string\"}"), json("\"a\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a+)+$", "^(a|a)*$", "^([a-z]+)*$", "^(a?){30}a{30}$", "(.*a){12}b", "^(a|aa)+$"})
    void aPatternThatExplodesIsAnsweredAtOnce(String pattern) {
        ConnectorDefinition definition = definition("{\"type\": \"string\", \"pattern\": \"" + pattern + "\"}");
        JsonNode input = new ObjectMapper().getNodeFactory().textNode("a".repeat(10_000) + "!");
        long start = System.nanoTime();

        assertThat(mistakes(definition, input)).startsWith("the input does not fit: does not match the regex pattern");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Test
    void namesAreComparedLikewise() {
        ConnectorDefinition definition =
                definition("{\"patternProperties\": {\"^(a+)+$\": {\"type\": \"integer\"}, \"^\\\\u00fc\": false}}");
        ObjectNode input = new ObjectMapper().createObjectNode().put("a".repeat(5_000) + "!", "text");
        long start = System.nanoTime();

        assertThatCode(() -> check(definition, input)).doesNotThrowAnyException();
        assertThat(mistakes(definition, input.deepCopy().put("aaa", "text")))
                .contains("string found, integer expected");
        assertThat(mistakes(definition, input.deepCopy().put("über", 1))).contains("the input does not fit");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Test
    void aTextThatIsTooLongForALargePatternIsRefusedInsteadOfCompared() {
        ConnectorDefinition definition = definition("{\"pattern\": \"[a-z]{1000}z\"}");

        assertThat(mistakes(definition, new ObjectMapper().getNodeFactory().textNode("a".repeat(100_000))))
                .isEqualTo("the input can not be checked: a text of 100000 characters is too long for a pattern of"
                        + " the schema");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?=a)b",
                "(a)\\\\1",
                "((a{1000}){1000}){1000}",
                "(((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}",
                "(a{1000}){1000}",
                "a{2000}",
                "(",
                "[[:alpha:]]{1000}[a-z]{1000}[^]]{1000}(b|c){2,1000}{3}"
            })
    void aPatternThatCanNotBeMatchedSafelyIsRefusedWhenTheDefinitionIsKept(String pattern) {
        assertThatThrownBy(() -> definition("{\"properties\": {\"a\": {\"pattern\": \"" + pattern + "\"}}}"))
                .isInstanceOf(FastnException.class)
                .hasMessageStartingWith("connector definition api: actions.go.schema.input has the pattern \"")
                .hasMessageContaining("which can not be matched in time that grows with the text only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
                "^\\\\p{L}[\\\\w .\\\\-\\\\/]*$",
                "^(?<year>\\\\d{4})-\\\\d{2}$",
                "^[^\\\\s@]+@[^\\\\s@]+\\\\.[^\\\\s@]{2,}$",
                "^\\\\u00e9$",
                "^{a}$"
            })
    void usualPatternsAreKept(String pattern) {
        assertThatCode(() -> definition("{\"pattern\": \"" + pattern + "\"}")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"$ref": "#"}                                   | references of the schema go more than 100 deep
            {"allOf": [{"$ref": "#/$defs/a0"}]}             | following the references of the schema took more than 2000 ms
            {"anyOf": [{"$ref": "#/$defs/loop"}]}           | references of the schema go more than 100 deep
            {"$schema": "https://json-schema.org/draft/2019-09/schema", "$ref": "#/$defs/loop"} | references of the schema go more than 100 deep
            """)
    void referencesWithoutEndAreNotFollowed(String schema, String message) {
        ObjectNode own = (ObjectNode) json(schema);
        ObjectNode shared = own.putObject("$defs");
        for (int i = 0; i < 40; i++) {
            String next = "{\"$ref\": \"#/$defs/a" + (i + 1) + "\"}";
            shared.set("a" + i, json("{\"allOf\": [" + next + "," + next + "]}"));
        }
        shared.set("a40", json("{\"type\": \"object\"}"));
        shared.set("loop", json("{\"oneOf\": [{\"$ref\": \"#/$defs/loop\"}]}"));
        ConnectorDefinition definition = definition(own.toString());
        long start = System.nanoTime();

        assertThat(mistakes(definition, json("{}"))).isEqualTo("the input can not be checked: " + message);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThatCode(() -> SchemaSample.of(definition.whole(own))).doesNotThrowAnyException();
    }

    @Test
    void aTreeIsCheckedAsDeepAsATreeIs() {
        ConnectorDefinition definition =
                definition("{\"type\": \"object\", \"properties\": {\"next\": {\"$ref\": \"#\"}},"
                        + " \"additionalProperties\": false}");
        String input = "{\"next\": ".repeat(90) + "{\"other\": 1}" + "}".repeat(90);

        assertThat(mistakes(definition, json(input))).contains("property 'other' is not defined");
    }

    @Test
    void aLongListIsCheckedAsLongAsAListIs() {
        ConnectorDefinition definition =
                definition("{\"items\": {\"$ref\": \"#/$defs/n\"}, \"$defs\": {\"n\": {\"type\": \"integer\"}}}");

        assertThat(mistakes(definition, json("[" + "1,".repeat(15_000) + "\"x\"]")))
                .isEqualTo("the input does not fit: /15000: string found, integer expected");
    }

    @Test
    void aSampleOfAWideCircleHasAnEnd() {
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            parts.append(i == 0 ? "" : ",").append("{\"$ref\": \"#\"}");
        }
        long start = System.nanoTime();

        SchemaSample.of(json("{\"allOf\": [" + parts + "]}"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Test
    void aSchemaIsNotNestedWithoutEnd() {
        String deep = "{\"not\": ".repeat(150) + "{}" + "}".repeat(150);

        assertThatThrownBy(() -> definition(deep))
                .hasMessage("connector definition api: actions.go.schema.input is nested more than 100 deep");
        assertThatThrownBy(() -> definition("{\"items\": {\"$dynamicRef\": \"#x\"}}"))
                .hasMessage(
                        "connector definition api: actions.go.schema.input has a $dynamicRef, which is not followed;"
                                + " use $ref");
    }

    private static String mistakes(ConnectorDefinition definition, JsonNode input) {
        try {
            check(definition, input);
            return "";
        } catch (FastnException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void check(ConnectorDefinition definition, JsonNode input) {
        new InputCheck().require(definition, definition.actions().get(0), input);
    }

    private static ConnectorDefinition definition(String schema) {
        return ConnectorFiles.read("api", json("""
                {"slug": "api", "title": "API", "baseUrl": "https://example.com",
                 "actions": {"go": {"method": "POST", "path": "/x", "schema": {"input": %s}}}}
                """.formatted(schema)));
    }
}
