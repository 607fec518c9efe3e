package ai.fastn.camunda.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.diagnostic.DiagnosticText;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.ExecutionTimeout;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every directory of {@code fixtures/rejected} holds a source and the exact text of what is said about it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectedFixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures/rejected");

    /** Stands in a fixture for a text that is repeated: what a person would not want to open. */
    private static final Pattern REPEATED = Pattern.compile("«(.+?) × (\\d+)»");

    private final WorkflowCompiler compiler = new WorkflowCompiler();

    @AfterAll
    void close() {
        compiler.close();
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

    @Test
    void everyKindOfMistakeHasAFixture() throws IOException {
        Set<DiagnosticKind> kinds = EnumSet.noneOf(DiagnosticKind.class);
        for (String name : fixtures().toList()) {
            mistakes(name).forEach(mistake -> kinds.add(mistake.kind()));
        }
        assertThat(kinds).containsExactlyInAnyOrder(DiagnosticKind.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"several-mistakes", "mistakes-of-several-kinds", "default-export-and-globals", "reserved-word"})
    void severalMistakesAreSaidAtOnceInTheOrderOfTheText(String name) throws IOException {
        assertThat(mistakes(name))
                .hasSizeGreaterThan(1)
                .isSortedAccordingTo(
                        Comparator.comparingInt(mistake -> mistake.span().start()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void everyMistakeSaysWhereItIsAndWhatToWriteInstead(String name) throws IOException {
        SourceText source = source(FIXTURES.resolve(name));
        for (Diagnostic mistake : mistakes(name)) {
            assertThat(mistake.message()).matches("(?s)[A-Z\"i].*[.]");
            assertThat(mistake.instead()).isNotBlank();
            assertThat(mistake.span().start())
                    .isBetween(0, source.text().length())
                    .isLessThanOrEqualTo(mistake.span().end());
            assertThat(new DiagnosticText(source).of(mistake))
                    .contains(mistake.kind().code(), "^", "instead: " + mistake.instead());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void theMistakesAreSaidInExactlyTheseWords(String name) throws IOException {
        Path directory = FIXTURES.resolve(name);
        SourceText source = source(directory);
        String text = new DiagnosticText(source).of(mistakes(name));
        Path expected = directory.resolve("diagnostics.txt");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(expected, text);
        }
        assertThat(text).isNotEmpty().isEqualTo(Files.readString(expected));
    }

    private List<Diagnostic> mistakes(String name) throws IOException {
        Compilation compilation = compiler.compile(new CompilerInput(
                source(FIXTURES.resolve(name)),
                WorkflowSlug.of("rejected"),
                0,
                configuration(name.startsWith("instant-") ? Tier.INSTANT : Tier.STANDARD),
                Catalogs.TEST));
        assertThat(compilation).isInstanceOf(Compilation.Rejected.class);
        return ((Compilation.Rejected) compilation).diagnostics();
    }

    private static WorkflowConfiguration configuration(Tier tier) {
        return new WorkflowConfiguration(
                "Rejected",
                "",
                tier,
                ExecutionTimeout.defaultOf(tier),
                RetryPolicy.OFF,
                Concurrency.UNLIMITED,
                ConnectorVersions.NONE,
                true);
    }

    private static SourceText source(Path directory) throws IOException {
        Path typeScript = directory.resolve("workflow.ts");
        Path file = Files.exists(typeScript) ? typeScript : directory.resolve("workflow.js");
        String text = REPEATED.matcher(Files.readString(file))
                .replaceAll(repeated -> repeated.group(1).repeat(Integer.parseInt(repeated.group(2))));
        return new SourceText(file.getFileName().toString(), text);
    }
}
