package ai.fastn.camunda.effect.connector.openapi;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.StepKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents and choices that are refused: with which words, and how fast. */
class WrongDocumentTest {

    private static final OpenApiImport IMPORTS = new OpenApiImport();
    private static final String SMALL = """
            openapi: 3.0.3
            info: {title: Small, version: "1"}
            servers: [{url: "https://small.example"}]
            paths:
              /a:
                get:
                  operationId: getA
                  responses: {'200': {description: ok}}
              /b/{x}:
                get:
                  operationId: getB
                  parameters: [{in: query}]
                  responses: {'200': {description: ok}}
            """;

    @AfterAll
    static void close() {
        IMPORTS.close();
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of(
                        "{\"openapi\": \"3.0.0\",\n \"info\": }",
                        "line 2, column 10: Unexpected character ('}' (code 125)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"),
                Arguments.of(
                        "{\"openapi\": \"3.0.0\",\n \"openapi\": \"3.1.0\"}",
                        "line 2, column 11: Duplicate field 'openapi'"),
                Arguments.of(
                        "{} x",
                        "line 1, column 4: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"),
                Arguments.of(
                        "{\"a\":".repeat(101) + "1" + "}".repeat(101),
                        "is nested more than 100 levels deep, or has a number that is too long"),
                Arguments.of(
                        "openapi: 3.0.0\ninfo: {title: a\npaths: x",
                        "line 3, column 6: expected ',' or '}', but got :"),
                Arguments.of("openapi: 3.0.0\nopenapi: 3.1.0", "line 2, column 1: found duplicate key openapi"),
                Arguments.of("200: a\n'200': b", "has the member \"200\" twice in one object"),
                Arguments.of("[a]: b", "has a list or an object as the name of a member"),
                Arguments.of("a: &a [*a]", "is nested more than 100 levels deep"),
                Arguments.of(
                        "a: !!javax.script.ScriptEngineManager [x]",
                        "line 1, column 4: Global tag is not allowed: tag:yaml.org,2002:javax.script.ScriptEngineManager"),
                Arguments.of("a: !!binary aGk=", "has a value of a type that JSON does not have"),
                Arguments.of("- openapi", "is not an object with members such as openapi, info and paths"),
                Arguments.of("", "is not an object with members such as openapi, info and paths"),
                Arguments.of("just words", "is not an object with members such as openapi, info and paths"),
                Arguments.of("a: \u0000", "character 3: special characters are not allowed"),
                Arguments.of("a: " + "[".repeat(120), "is no plain YAML: Nesting Depth exceeded max 100"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsNoPlainTextOfDataIsRefusedWithItsPlace(String document, String message) {
        assertRefused(document.getBytes(UTF_8), "FASTN-03050", "OpenAPI document: " + message);
    }

    @Test
    void whatIsNoTextOrTooMuchOfItIsRefused() {
        assertRefused(SMALL.getBytes(UTF_16), "FASTN-03050", "OpenAPI document: is no UTF-8 text");
        assertRefused(
                new byte[5_000_001], "FASTN-03050", "OpenAPI document: has 5000001 bytes; at most 5000000 are read");
    }

    static Stream<Arguments> notOpenApi() {
        return Stream.of(
                Arguments.of("swagger: '2.0'", "is Swagger 2.0; OpenAPI 3.0 and 3.1 are read, converters exist"),
                Arguments.of("info: {}", "has no member \"openapi\", which would say its version"),
                Arguments.of("openapi: {}", "has no member \"openapi\", which would say its version"),
                Arguments.of("openapi: 3.2.0\npaths: {}", "openapi is \"3.2.0\"; 3.0 and 3.1 are read"),
                Arguments.of("openapi: 3.1.0", "has no paths, so no operation to call"),
                Arguments.of("openapi: 3.0.0\npaths: []", "paths is not an object"),
                Arguments.of("openapi: 3.0.0\npaths: {}", "has no operation to call"),
                Arguments.of("openapi: 3.0.0\npaths: {/a: {get: 5}}", "has no operation to call"));
    }

    @ParameterizedTest
    @MethodSource("notOpenApi")
    void whatIsNoOpenApiIsRefused(String document, String message) {
        assertRefused(document.getBytes(UTF_8), "FASTN-03051", "OpenAPI document: " + message);
    }

    static Stream<Arguments> aliases() {
        return Stream.of(
                Arguments.of(bomb(6, 8), "grows by its aliases to more than twice its size and 2000000 characters"),
                Arguments.of(bomb(9, 9), "Number of aliases for non-scalar nodes exceeds the specified max=50"));
    }

    @ParameterizedTest
    @MethodSource("aliases")
    void aliasesThatMakeMuchOfLittleAreRefusedAtOnce(String document, String message) {
        assertThat(document.length()).isLessThan(1_000);
        Instant start = Instant.now();

        assertThatThrownBy(() -> IMPORTS.preview(document.getBytes(UTF_8)))
                .hasMessageStartingWith("OpenAPI document: ")
                .hasMessageContaining(message);

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aliasesThatRepeatALittleAreRead() {
        String document = SMALL.replace("paths:", "x-ok: &ok {'200': {description: ok}}\npaths:")
                .replace("responses: {'200': {description: ok}}", "responses: *ok");

        assertThat(IMPORTS.preview(document.getBytes(UTF_8)).operations()).hasSize(2);
    }

    @Test
    void wrongPartsLeaveTheRestUsableAndAreNamedByPlace() {
        ImportPreview preview = IMPORTS.preview(SMALL.getBytes(UTF_8));

        assertThat(preview.operations())
                .extracting(ImportPreview.Operation::action, ImportPreview.Operation::problem)
                .containsExactly(
                        tuple("getA", Optional.empty()),
                        tuple("getB", Optional.of("paths./b/{x}.get.parameters[0] has no name")));
        assertThat(preview.warnings())
                .extracting(ImportWarning::message)
                .contains("attribute paths.'/b/{x}'(get).parameters.[['unknown']].name is missing");
    }

    static Stream<Arguments> choices() {
        ImportChoice usual = choice("small", "https://small.example", "getA");
        return Stream.of(
                Arguments.of(
                        choice("small", "https://small.example", "getC"),
                        "FASTN-03053",
                        "OpenAPI import: operation \"getC\" is not an action of the document's preview"),
                Arguments.of(
                        choice("small", "https://small.example", "getB"),
                        "FASTN-03053",
                        "OpenAPI import: operation \"getB\" can not be imported: paths./b/{x}.get.parameters[0] has no name"),
                Arguments.of(
                        choice("Small", "https://small.example", "getA"),
                        "FASTN-03005",
                        "connector definition Small: slug is \"Small\"; it must be lower-case words joined by hyphens, such as hubspot-crm"),
                Arguments.of(
                        choice("small", "file:///etc", "getA"),
                        "FASTN-03005",
                        "connector definition small: baseUrl is not the address of a service: http(s)://host[:port][/path]"),
                Arguments.of(
                        new ImportChoice(
                                "small",
                                Optional.empty(),
                                Optional.empty(),
                                List.of("getA"),
                                Map.of(),
                                Optional.of(Fixture.json("{\"type\": \"magic\"}"))),
                        "FASTN-03005",
                        "connector definition small: auth.type is \"magic\"; allowed are "),
                Arguments.of(
                        new ImportChoice(
                                "small",
                                Optional.empty(),
                                Optional.empty(),
                                List.of("getA"),
                                Map.of("getX", StepKind.READ),
                                usual.auth()),
                        "FASTN-03053",
                        "OpenAPI import: kind \"getX\" is not an action of the document's preview"));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void aChoiceThatTheDocumentDoesNotHaveIsRefused(ImportChoice choice, String code, String message) {
        assertThatThrownBy(() -> IMPORTS.definition(SMALL.getBytes(UTF_8), choice))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code().code()).isEqualTo(code))
                .hasMessageStartingWith(message);
    }

    @Test
    void aDocumentWithoutAnAddressNeedsOne() {
        String document = SMALL.replace("https://small.example", "/relative");

        assertThat(IMPORTS.preview(document.getBytes(UTF_8)).warnings())
                .contains(new ImportWarning("servers[0]", "is \"/relative\", which is no whole address"));
        assertThatThrownBy(() -> IMPORTS.definition(
                        document.getBytes(UTF_8),
                        new ImportChoice(
                                "small",
                                Optional.empty(),
                                Optional.empty(),
                                List.of("getA"),
                                Map.of(),
                                Optional.empty())))
                .hasMessage("OpenAPI import: the document names no whole address of a service: give baseUrl");
    }

    private static ImportChoice choice(String slug, String baseUrl, String operation) {
        return Fixture.choice(slug, baseUrl, List.of(operation));
    }

    /** Lists of lists of lists: each level names the one before several times. */
    private static String bomb(int levels, int times) {
        StringBuilder yaml = new StringBuilder("l0: &l0 [" + "lol,".repeat(times) + "]\n");
        for (int level = 1; level <= levels; level++) {
            yaml.append("l%d: &l%d [%s]%n".formatted(level, level, ("*l" + (level - 1) + ",").repeat(times)));
        }
        return yaml.toString();
    }

    private static void assertRefused(byte[] document, String code, String message) {
        assertThatThrownBy(() -> IMPORTS.preview(document))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code().code()).isEqualTo(code))
                .hasMessage(message);
    }
}
