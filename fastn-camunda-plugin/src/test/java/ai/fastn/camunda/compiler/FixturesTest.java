package ai.fastn.camunda.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.bench.Fixture;
import ai.fastn.camunda.compiler.bench.Observed;
import ai.fastn.camunda.compiler.bench.Oracle;
import ai.fastn.camunda.compiler.bench.ProcessRun;
import ai.fastn.camunda.compiler.parse.Parsed;
import ai.fastn.camunda.compiler.parse.ScriptParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fixture compiles to its golden files, byte for byte, and its cases give as a process what they give as a
 * function. {@code -Dgolden=update} rewrites the golden files.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FixturesTest {

    private final WorkflowCompiler compiler = new WorkflowCompiler();

    @AfterAll
    void close() {
        compiler.close();
    }

    static List<Fixture> fixtures() {
        return Fixture.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void compiles_to_its_golden_files(Fixture fixture) throws IOException {
        Compilation.Compiled compiled = compile(fixture);
        assertGolden(fixture.directory().resolve("steps.txt"), compiled.steps());
        assertGolden(fixture.directory().resolve("workflow.bpmn"), compiled.bpmn());
        assertThat(compile(fixture)).isEqualTo(compiled);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void does_as_a_process_what_it_does_as_a_function(Fixture fixture) {
        Compilation.Compiled compiled = compile(fixture);
        String javaScript = javaScript(fixture);
        assertThat(fixture.cases()).isNotEmpty();
        for (Fixture.Case run : fixture.cases()) {
            Observed expected = Oracle.run(javaScript, run.input(), run.replies());
            Observed actual = ProcessRun.run(compiled.bpmn(), run.input(), run.replies());
            assertThat(actual.toString()).as(run.name()).isEqualTo(expected.toString());
        }
    }

    private static String javaScript(Fixture fixture) {
        try (ScriptParser parser = new ScriptParser()) {
            return ((Parsed.Accepted) parser.parse(fixture.source())).script().javaScript();
        }
    }

    private Compilation.Compiled compile(Fixture fixture) {
        Compilation compilation = compiler.compile(fixture.input());
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return (Compilation.Compiled) compilation;
    }

    private static void assertGolden(Path file, String actual) throws IOException {
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, actual);
        }
        assertThat(file).as("run with -Dgolden=update").exists();
        assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
    }
}
