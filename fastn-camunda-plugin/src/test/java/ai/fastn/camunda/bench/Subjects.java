package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.bench.Fixture;
import ai.fastn.camunda.compiler.bench.TestProgram;
import ai.fastn.camunda.compiler.parse.Parsed;
import ai.fastn.camunda.compiler.parse.ScriptParser;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All workflows that the bench runs. Compiles each when it is asked for. */
final class Subjects implements AutoCloseable {

    private static final List<Path> FOLDERS =
            List.of(Path.of("src/test/resources/programs"), Path.of("src/test/resources/bench/programs"));

    private final WorkflowCompiler compiler = new WorkflowCompiler();
    private final ScriptParser parser = new ScriptParser();

    /**
     * A workflow with the runs it shall make.
     *
     * @param everyEffect whether it is killed at each of its calls, not only at some
     */
    record Workflow(String title, CompilerInput input, List<Fixture.Case> cases, boolean everyEffect) {

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Workflow> all() {
        List<Workflow> all = new ArrayList<>();
        FOLDERS.forEach(folder -> addPrograms(folder, all));
        Fixture.all().stream()
                .filter(fixture -> !waitsForEvents(fixture))
                .forEach(fixture -> all.add(new Workflow(fixture.toString(), fixture.input(), fixture.cases(), false)));
        ExampleFixture.all().forEach(example -> all.add(example.workflow()));
        all.addAll(RealisticWorkflows.all());
        return all;
    }

    /** The bench sends no events; {@code FixturesTest} runs such a process, {@code ParkedStepTest} in a real engine. */
    private static boolean waitsForEvents(Fixture fixture) {
        return fixture.input().source().text().contains("fastn.waitFor(");
    }

    private static void addPrograms(Path folder, List<Workflow> all) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                TestProgram.parse(Files.readString(file)).forEach(program -> all.add(workflow(name, program)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Workflow workflow(String file, TestProgram program) {
        String suffix = file.substring(file.lastIndexOf('.'));
        CompilerInput input = new CompilerInput(
                new SourceText("program" + suffix, program.source()),
                WorkflowSlug.of("program"),
                1,
                WorkflowConfiguration.named("Program"),
                Catalogs.TEST);
        List<Fixture.Case> cases = program.inputs().stream()
                .map(json -> new Fixture.Case(json, json.isEmpty() ? "null" : json, "{}"))
                .toList();
        return new Workflow(file + ": " + program.title(), input, cases, false);
    }

    List<Subject> compile(Workflow workflow) {
        Parsed parsed = parser.parse(workflow.input().source());
        Compilation compilation = compiler.compile(workflow.input());
        if (!(parsed instanceof Parsed.Accepted accepted) || !(compilation instanceof Compilation.Compiled compiled)) {
            throw new AssertionError(workflow + " does not compile: " + compilation);
        }
        BenchProcess process = BenchProcess.read(compiled.bpmn());
        String javaScript = accepted.script().javaScript();
        return workflow.cases().stream()
                .map(run -> new Subject(
                        workflow + " (" + run.name() + ")", javaScript, process, run.input(), run.replies()))
                .toList();
    }

    @Override
    public void close() {
        compiler.close();
        parser.close();
    }
}
