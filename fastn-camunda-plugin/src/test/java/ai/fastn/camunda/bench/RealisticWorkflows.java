package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.bench.Fixture;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Workflows as integration developers write them; beside each file its runs: input and replies. */
final class RealisticWorkflows {

    static final String FOLDER = "realistic/";

    private static final Path ROOT = Path.of("src/test/resources/bench/realistic");

    private RealisticWorkflows() {}

    static List<Subjects.Workflow> all() {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.filter(file -> !file.toString().endsWith(".json"))
                    .sorted()
                    .map(RealisticWorkflows::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Subjects.Workflow read(Path file) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.lastIndexOf('.'));
        CompilerInput input = new CompilerInput(
                new SourceText(fileName, ExampleFixture.text(file)),
                WorkflowSlug.of(name),
                1,
                WorkflowConfiguration.named(name),
                Catalogs.TEST);
        List<Fixture.Case> cases = new ArrayList<>();
        for (JsonNode run : ExampleFixture.tree(file.resolveSibling(name + ".json"))) {
            cases.add(new Fixture.Case(
                    run.path("name").asText(),
                    run.path("input").toString(),
                    run.path("replies").toString()));
        }
        return new Subjects.Workflow(FOLDER + name, input, cases, false);
    }
}
