package ai.fastn.camunda.compiler.bench;

import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.ExecutionTimeout;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directory with a workflow, what it compiles to, and runs of it. */
public record Fixture(Path directory, SourceText source, WorkflowConfiguration configuration, List<Case> cases) {

    private static final Path ROOT = Path.of("src/test/resources/fixtures");

    /** One run: its input and the answers of the outside world, as JSON. */
    public record Case(String name, String input, String replies) {}

    /** All directories that hold a workflow and its cases. */
    public static List<Fixture> all() {
        try (Stream<Path> directories = Files.list(ROOT)) {
            return directories
                    .filter(directory -> Files.exists(directory.resolve("cases.json")))
                    .sorted()
                    .map(Fixture::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fixture read(Path directory) {
        try {
            Path file = directory.resolve("workflow.ts");
            Path existing = Files.exists(file) ? file : directory.resolve("workflow.js");
            ObjectMapper json = new ObjectMapper();
            List<Case> cases = new ArrayList<>();
            for (JsonNode node : json.readTree(directory.resolve("cases.json").toFile())) {
                cases.add(new Case(
                        node.get("name").asText(),
                        node.get("input").toString(),
                        node.get("replies").toString()));
            }
            return new Fixture(
                    directory,
                    new SourceText(existing.getFileName().toString(), Files.readString(existing)),
                    configuration(
                            json.readTree(directory.resolve("workflow.json").toFile())),
                    cases);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WorkflowConfiguration configuration(JsonNode json) {
        Tier tier = Tier.valueOf(json.get("tier").asText());
        RetryPolicy retry = json.path("retry").asBoolean() ? RetryPolicy.DEFAULT : RetryPolicy.OFF;
        return new WorkflowConfiguration(
                json.get("name").asText(),
                "",
                tier,
                ExecutionTimeout.defaultOf(tier),
                retry,
                Concurrency.UNLIMITED,
                ConnectorVersions.NONE,
                true);
    }

    /** The compiler's input. */
    public CompilerInput input() {
        return new CompilerInput(source, WorkflowSlug.fromName(configuration.name()), 1, configuration, Catalogs.TEST);
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
