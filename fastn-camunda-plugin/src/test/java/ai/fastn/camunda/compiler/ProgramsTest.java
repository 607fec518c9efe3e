package ai.fastn.camunda.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.bpmn.BpmnGate;
import ai.fastn.camunda.bpmn.BpmnReader;
import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.bench.Observed;
import ai.fastn.camunda.compiler.bench.Oracle;
import ai.fastn.camunda.compiler.bench.ProcessRun;
import ai.fastn.camunda.compiler.bench.TestProgram;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each small program gives as a process what it gives as a function. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramsTest {

    private final WorkflowCompiler compiler = new WorkflowCompiler();

    @AfterAll
    void close() {
        compiler.close();
    }

    static Stream<TestProgram> programs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/programs"))) {
            List<Path> sorted = files.sorted().toList();
            List<TestProgram> programs = new ArrayList<>();
            for (Path file : sorted) {
                programs.addAll(TestProgram.parse(Files.readString(file)));
            }
            return programs.stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void the_process_does_what_the_function_does(TestProgram program) {
        Compilation.Compiled compiled = compile(program);
        for (String input : program.inputs()) {
            Observed expected = Oracle.run(program.source(), input, "{}");
            Observed actual = ProcessRun.run(compiled.bpmn(), input, "{}");
            assertThat(actual.toString())
                    .as("input %s of\n%s\n%s", input, program.source(), compiled.steps())
                    .isEqualTo(expected.toString());
        }
        if (program.nodes().isPresent()) {
            assertThat(effectNodes(compiled.bpmn()))
                    .as(compiled.steps())
                    .isEqualTo(program.nodes().getAsInt());
        }
        assertThat(compile(program)).as("compiled again").isEqualTo(compiled);
    }

    @Test
    void every_process_passes_the_lint_of_the_modeler(@TempDir Path folder) throws IOException {
        List<TestProgram> all = programs().toList();
        for (int i = 0; i < all.size(); i++) {
            Files.writeString(folder.resolve(i + ".bpmn"), compile(all.get(i)).bpmn());
        }
        BpmnGate.Verdict verdict = BpmnGate.lint(folder);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.files()).isEqualTo(all.size());
    }

    private Compilation.Compiled compile(TestProgram program) {
        Compilation compilation = compiler.compile(new CompilerInput(
                new SourceText("program.js", program.source()),
                WorkflowSlug.of("program"),
                1,
                WorkflowConfiguration.named("Program"),
                Catalogs.TEST));
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return (Compilation.Compiled) compilation;
    }

    private static long effectNodes(String bpmn) {
        BpmnModelInstance model = BpmnReader.read(bpmn);
        Bpmn.validateModel(model);
        return model.getModelElementsByType(ScriptTask.class).stream()
                .map(task -> task.getAttributeValueNs(FastnBpmn.NAMESPACE, FastnBpmn.KIND))
                .filter(kind -> !kind.equals("PROCESS"))
                .count();
    }
}
