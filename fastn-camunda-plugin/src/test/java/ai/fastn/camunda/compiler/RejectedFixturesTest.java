package ai.fastn.camunda.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.analyze.SandboxRules;
import ai.fastn.camunda.compiler.analyze.Scopes;
import ai.fastn.camunda.compiler.parse.Parsed;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.ScriptParser;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticText;
import ai.fastn.camunda.diagnostic.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every directory of {@code fixtures/rejected} holds a source and the exact text of what is said about it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectedFixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures/rejected");

    private final ScriptParser parser = new ScriptParser();

    @AfterAll
    void closeParser() {
        parser.close();
    }

    static Stream<String> fixtures() throws IOException {
        try (Stream<Path> directories = Files.list(FIXTURES)) {
            return directories
                    .filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void theMistakesAreSaidInExactlyTheseWords(String name) throws IOException {
        Path directory = FIXTURES.resolve(name);
        SourceText source = source(directory);
        String text = new DiagnosticText(source).of(mistakes(source));
        Path expected = directory.resolve("diagnostics.txt");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(expected, text);
        }
        assertThat(text).isNotEmpty().isEqualTo(Files.readString(expected));
    }

    private List<Diagnostic> mistakes(SourceText source) {
        Parsed parsed = parser.parse(source);
        if (parsed instanceof Parsed.Accepted accepted) {
            Script script = accepted.script();
            return SandboxRules.check(script, Scopes.of(script.program()));
        }
        return ((Parsed.Rejected) parsed).diagnostics();
    }

    private static SourceText source(Path directory) throws IOException {
        Path typeScript = directory.resolve("workflow.ts");
        Path file = Files.exists(typeScript) ? typeScript : directory.resolve("workflow.js");
        return new SourceText(file.getFileName().toString(), Files.readString(file));
    }
}
