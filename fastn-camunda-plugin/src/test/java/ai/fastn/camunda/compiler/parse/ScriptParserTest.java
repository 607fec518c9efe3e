package ai.fastn.camunda.compiler.parse;

import static ai.fastn.camunda.compiler.parse.ParserFixture.javaScript;
import static ai.fastn.camunda.compiler.parse.ParserFixture.mistakesOf;
import static ai.fastn.camunda.compiler.parse.ParserFixture.parse;
import static ai.fastn.camunda.compiler.parse.ParserFixture.typeScript;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.diagnostic.SourceText;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text gets an answer: a script or mistakes, never an exception. */
class ScriptParserTest {

    private static final String MAIN = "export default async function main(ctx) {}\n";

    @Test
    void javaScriptKeepsItsText() {
        String text = "export default async (ctx) => { return [1,,ctx?.input, 10n, /x/u] }";
        assertThat(javaScript(text).javaScript()).isEqualTo(text);
    }

    @Test
    void aJavaScriptFileIsReadWithoutTypesFirst() {
        String text = "let a = 1, b = 2, c = 3;\nconst compared = a<b>(c);\n" + MAIN;
        assertThat(javaScript(text).javaScript()).isEqualTo(text);
        assertThat(typeScript("const f = (x) => x, c = 3; const called = f<string>(c);\n" + MAIN)
                        .javaScript())
                .contains("called = f        (c)");
    }

    @Test
    void aJavaScriptFileMayHaveTypes() {
        assertThat(javaScript("const a: number = 1;\n" + MAIN).javaScript()).isEqualTo("const a         = 1;\n" + MAIN);
    }

    @Test
    void theSameTextIsParsedOnce() {
        SourceText source = new SourceText("workflow.js", MAIN + "// once");
        assertThat(parse(source)).isSameAs(parse(new SourceText("workflow.js", MAIN + "// once")));
    }

    @Test
    void commentsAreKept() {
        Script script = javaScript("// first\n" + MAIN + "/* second */");
        assertThat(script.comments()).extracting(Comment::text).containsExactly(" first", " second ");
        assertThat(script.comments()).extracting(Comment::block).containsExactly(false, true);
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNothingSpecial() {
        Script script = javaScript("\uFEFFconst a = `x\r\ny`;\r\n" + MAIN);
        assertThat(script.positionOf(script.program().body().get(0).span().start()))
                .hasToString("1:2");
        assertThat(script.positionOf(script.program().body().get(1).span().start()))
                .hasToString("3:1");
    }

    @Test
    void positionsInTheSourceStayTrueBehindAnEnum() {
        Script script = typeScript("enum E { A }\n" + MAIN);
        Node main = script.program().defaultExport().orElseThrow();
        assertThat(script.positionOf(main.span().start())).hasToString("2:16");
        assertThat(script.inSource(main.span()).start())
                .isEqualTo(script.source().text().indexOf("async"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export { main as default };\nasync function main(ctx) {}",
                "const main = async (ctx) => {};\nexport default main;",
                "export default (ctx) => ctx.input;",
                "export const main = function () {}; export { main as 'default' };"
            })
    void theDefaultExportIsFoundInEveryForm(String text) {
        assertThat(javaScript(text).program().defaultExport()).isPresent();
    }

    @Test
    void topLevelAwaitIsPartOfTheLanguage() {
        assertThat(javaScript("const a = await Promise.resolve(1);\n" + MAIN)
                        .program()
                        .body())
                .hasSize(2);
    }

    static Stream<Arguments> deepTexts() {
        return Stream.concat(nestedBrackets(10_000), nestedWithoutBrackets(1_200));
    }

    static Stream<Arguments> textsNearTheLimit() {
        return Stream.concat(nestedBrackets(240), nestedWithoutBrackets(240));
    }

    private static Stream<Arguments> nestedBrackets(int n) {
        return Stream.of(
                Arguments.of("brackets", "const a = " + "[".repeat(n) + "]".repeat(n) + ";\n" + MAIN),
                Arguments.of("parentheses", "const a = " + "-(".repeat(n) + "1" + ")".repeat(n) + ";\n" + MAIN),
                Arguments.of("blocks", "{".repeat(n) + "}".repeat(n) + "\n" + MAIN),
                Arguments.of("templates", "const a = " + "`${".repeat(n) + "1" + "}`".repeat(n) + ";\n" + MAIN));
    }

    private static Stream<Arguments> nestedWithoutBrackets(int n) {
        return Stream.of(
                Arguments.of("operators", "const a = " + "!".repeat(n) + "1;\n" + MAIN),
                Arguments.of("sum", "const a = " + "1 + ".repeat(n) + "1;\n" + MAIN),
                Arguments.of("arrows", "const a = " + "a => ".repeat(n) + "1;\n" + MAIN),
                Arguments.of("else", "if (1) {} " + "else if (1) {} ".repeat(n) + "\n" + MAIN),
                Arguments.of("calls", "const a = f" + "()".repeat(n) + ";\n" + MAIN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deepTexts")
    void deepNestingIsAMistakeAndNoCrash(String name, String text) {
        assertThat(mistakesOf(text)).contains("FASTN-01003 The code is nested more than 1,000 levels deep.");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("textsNearTheLimit")
    void whatAPersonWouldNestIsAccepted(String name, String text) {
        assertThat(javaScript(text).program().body()).hasSizeGreaterThan(1);
    }

    @Test
    void nestingThatNobodyClosesIsAMistakeToo() {
        assertThat(mistakesOf("[".repeat(10_000))).contains("FASTN-01003");
        assertThat(mistakesOf("`${".repeat(5_000))).contains("FASTN-01003");
        assertThat(mistakesOf("[".repeat(200))).contains("FASTN-01001 The file ends in the middle of a statement.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- ", "new ", "await ", "a ? ", "a = ", "x => ", "async () => ", "if (1) ", "do ", "a: "})
    void whatNestsWithoutBracketsIsNotParsedToSeeIt(String opener) {
        assertThat(BracketScan.deeperThan(opener.repeat(10_000), 1_000)).isPresent();
        assertThat(BracketScan.deeperThan(opener.repeat(1_000), 1_000)).isEmpty();
        assertThat(BracketScan.deeperThan((opener + ";").repeat(10_000), 1_000)).isEmpty();
    }

    @Test
    void ofVeryManyMistakesTheFirstAreSaid() {
        assertThat(mistakesOf("--1;\n".repeat(30) + MAIN).split("FASTN-01001", -1))
                .hasSize(21);
    }

    @Test
    void bracketsInTextsDoNotNest() {
        String texts = "f('[[[', \"((\", `[[${[1, `{{{${2}(((`]}{{`, /[/([{]([[(]/, a / b); // [[[[ {{\n/* (( */\n";
        assertThat(BracketScan.deeperThan(texts.repeat(100), 4)).isEmpty();
        assertThat(BracketScan.deeperThan(texts.repeat(100), 3)).hasValue(texts.indexOf("{2}"));
    }

    @Test
    void longCodeIsNotDeepCode() {
        assertThat(javaScript("const a = [" + "1, ".repeat(3_000) + "1];\n" + MAIN)
                        .program()
                        .body())
                .hasSize(2);
        assertThat(javaScript("const a = " + "'a' + ".repeat(500) + "'b';\n" + MAIN)
                        .program()
                        .body())
                .hasSize(2);
    }

    @Test
    void aLineOfAMegabyteIsReadAndShownInPart() {
        String text = "const a = \"" + "x".repeat(900_000) + "\"; const b = ;\n" + MAIN;
        assertThat(mistakesOf(text)).contains("\"; const b = ;").hasSizeLessThan(500);
    }

    @Test
    void aFileThatIsTooLongIsNotReadAtAll() {
        assertThat(mistakesOf("//" + "x".repeat(1 << 20)))
                .contains("FASTN-01004 The file has 1,048,578 characters; 1,048,576 is the limit.");
    }

    @Test
    void charactersThatAreNoBlanksAreMistakesBetweenTokens() {
        assertThat(mistakesOf("const a = \0;\n" + MAIN)).isEqualTo("""
                        workflow.js:1:11: FASTN-01005 The character U+0000 can not be stored in a process.
                            1 | const a = \uFFFD;
                              |           ^
                            instead: write it as an escape: \\u0000
                        """);
    }

    static Stream<Arguments> textsWithOddCharacters() {
        return Stream.of(
                Arguments.of("const a = \"\\uD800\";", "const a = \"\\uD800\";"),
                Arguments.of("const a = \"\uD800\";", "const a = \"\\ud800\";"),
                Arguments.of("const a = '\0\\\1';", "const a = '\\u0000\\u0001';"),
                Arguments.of("const a = '\\\\\1';", "const a = '\\\\\\u0001';"),
                Arguments.of("const a = `\f${1}\u0002`;", "const a = `\\u000c${1}\\u0002`;"),
                Arguments.of("const\fa\u000B=\f1;", "const a = 1;"),
                Arguments.of("const a = /\uD800/g;", "const a = $lowered.regExp(\"\\ud800\", \"g\");"),
                Arguments.of(
                        "const a = String.raw`\0${1}`;",
                        "const a = String.raw($lowered.strings(\"$s\", [\"\\u0000\",\"\"], [\"\\u0000\",\"\"]), 1);"),
                Arguments.of("const a = \"😀\";", "const a = \"😀\";"),
                Arguments.of("const a = 1; // \0\uDC00", "const a = 1; //   "));
    }

    @ParameterizedTest
    @MethodSource("textsWithOddCharacters")
    void aBlankOrAnEscapeStandsForCharactersThatAProcessCanNotHold(String text, String javaScript) {
        assertThat(javaScript(text + "\n" + MAIN).javaScript()).isEqualTo(javaScript + "\n" + MAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "// nothing", "\uFEFF", "#!/usr/bin/env node\n"})
    void anEmptyFileLacksItsDefaultExport(String text) {
        assertThat(mistakesOf(text)).contains("FASTN-01010");
    }
}
