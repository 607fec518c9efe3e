package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.flow.Diagram;
import ai.fastn.camunda.flow.FlowGraph;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each example compiles to its golden files and to the picture in its folder, and each of its cases gives the result
 * that the example promises and the golden effects. {@code -Dgolden=update} rewrites the golden files.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleFixturesTest {

    private final WorkflowCompiler compiler = new WorkflowCompiler();
    private final Subjects subjects = new Subjects();
    private final Bench bench = new Bench(ExampleFixture.catalog());

    @AfterAll
    void close() {
        bench.close();
        subjects.close();
        compiler.close();
    }

    static List<ExampleFixture> examples() {
        return ExampleFixture.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void compilesToItsGoldenFiles(ExampleFixture example) {
        Compilation compilation = compiler.compile(example.input());
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        Compilation.Compiled compiled = (Compilation.Compiled) compilation;
        assertGolden(example.golden().resolve("steps.txt"), compiled.steps());
        assertGolden(example.golden().resolve("workflow.bpmn"), compiled.bpmn());
        assertGolden(
                example.golden().resolve("flow.txt"),
                FlowGraph.read(compiled.bpmn()).text());
        assertGolden(
                example.example().resolve("workflow.svg"),
                Diagram.read(compiled.bpmn()).svg());
        assertThat(compiler.compile(example.input())).isEqualTo(compilation);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void itsCasesGiveWhatItPromises(ExampleFixture example) {
        List<Subject> runs = subjects.compile(example.workflow());
        ArrayNode actual = Replies.JSON.createArrayNode();
        for (int i = 0; i < runs.size(); i++) {
            ObjectNode run = example.cases().get(i).deepCopy();
            perform(runs.get(i), run, example.expected(run.path("name").asText()));
            actual.add(run);
        }
        assertThat(actual)
                .hasSameSizeAs(ExampleFixture.tree(example.example().resolve("cases.json"))
                        .path("cases"));
        assertGolden(example.golden().resolve("cases.json"), actual.toPrettyString() + "\n");
    }

    private void perform(Subject subject, ObjectNode run, JsonNode promised) {
        Bench.Finished finished = bench.run(subject, Mode.EVERY_EFFECT.attempts(0), CrashPlan.none());
        JsonNode value = Replies.read(finished.resultJson());
        run.set("result", value);
        ArrayNode effects = run.putArray("effects");
        Comparison.comparable(finished.observed().effects()).lines().forEach(effects::add);
        if (promised.has("result")) {
            assertThat(value).as(subject.title()).isEqualTo(promised.get("result"));
        } else {
            run.put("error", finished.observed().outcome().lines().findFirst().orElseThrow());
            assertThat(finished.observed().outcome())
                    .startsWith("thrown " + promised.at("/error/name").asText() + ": "
                            + promised.at("/error/message").asText() + "\n");
        }
    }

    private static void assertGolden(Path file, String actual) {
        if ("update".equals(System.getProperty("golden"))) {
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        assertThat(file).as("run with -Dgolden=update").exists();
        assertThat(actual).as("%s: run with -Dgolden=update", file).isEqualTo(ExampleFixture.text(file));
    }
}
