package ai.fastn.camunda.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Analyzer;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.bench.TestProgram;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.StoredScripts;
import ai.fastn.camunda.compiler.slice.Slicer;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticText;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each program is cut into exactly the steps of its golden file, and each mistake that is found behind the parser is
 * said in its golden words. {@code -Dgolden=update} rewrites the steps. Runs no JavaScript once the programs have been
 * parsed: it is what {@code -Pmutation} runs for each mutant.
 */
class StepsTest {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path GOLDEN = RESOURCES.resolve("steps");
    private static final Pattern OF_ANALYSIS = Pattern.compile(" FASTN-010(15|16|20|21|22|24|25) ");
    private static final List<String> FOLDERS = List.of("programs", "bench/programs", "bench/realistic");

    static List<String> sources() {
        return FOLDERS.stream()
                .flatMap(folder -> files(folder).stream())
                .filter(file -> !file.endsWith(".json"))
                .toList();
    }

    static List<String> rejected() {
        return files("fixtures/rejected").stream()
                .filter(fixture -> source(fixture).flatMap(StoredScripts::find).isPresent())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void each_program_has_the_steps_of_its_golden_file(String file) throws IOException {
        Path golden = GOLDEN.resolve(file.replaceAll("\\.[a-z]+$", ".txt"));
        String actual = listing(file);
        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        assertThat(golden).as("run with -Dgolden=update").exists();
        assertThat(actual).as(golden.toString()).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejected")
    void each_mistake_is_said_in_its_golden_words(String fixture) throws IOException {
        Script script = StoredScripts.of(source(fixture).orElseThrow());
        String golden = Files.readString(RESOURCES.resolve(fixture).resolve("diagnostics.txt"));
        List<Diagnostic> mistakes = new Analyzer().mistakes(script, Catalogs.TEST);
        DiagnosticText text = new DiagnosticText(script.source());
        assertThat(mistakes).allSatisfy(mistake -> assertThat(golden).contains(text.of(mistake)));
        assertThat(golden.lines().filter(OF_ANALYSIS.asPredicate()))
                .as("mistakes of the analysis")
                .hasSameSizeAs(mistakes);
    }

    private static List<String> files(String folder) {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            return files.sorted().map(path -> folder + "/" + path.getFileName()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<SourceText> source(String fixture) {
        return Stream.of("workflow.js", "workflow.ts")
                .map(RESOURCES.resolve(fixture)::resolve)
                .filter(Files::exists)
                .map(path -> new SourceText(path.getFileName().toString(), read(path)))
                .findFirst();
    }

    private static String listing(String file) {
        String text = read(RESOURCES.resolve(file));
        String name = "program" + file.substring(file.lastIndexOf('.'));
        List<TestProgram> programs = TestProgram.parse(text);
        if (programs.isEmpty()) {
            return steps(new SourceText(name, text));
        }
        List<String> sections = new ArrayList<>();
        for (TestProgram program : programs) {
            sections.add("=== " + program.title() + "\n" + steps(new SourceText(name, program.source())));
        }
        return String.join("\n", sections);
    }

    private static String steps(SourceText source) {
        AnalyzedScript analyzed = new Analyzer().analyze(StoredScripts.of(source), Catalogs.TEST);
        return StepsForm.of(new Slicer().slice(analyzed, Tier.STANDARD));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
