package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.bench.Fixture;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorFiles;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
import ai.fastn.camunda.lifecycle.ConfigurationJson;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An example of the repository with what it compiles to and what the outside world answers it. Source and inputs stand
 * in {@code examples/} only.
 */
record ExampleFixture(String slug, Path example, Path golden, CompilerInput input) {

    private static final Path EXAMPLES = Path.of("../examples");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");
    private static final Path GOLDEN = Path.of("src/test/resources/fixtures/examples");
    private static final Path CONNECTORS = Path.of("../examples/host/src/main/resources/connectors");

    static List<ExampleFixture> all() {
        EffectCatalog catalog = catalog();
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            return folders.filter(folder -> Files.exists(folder.resolve("workflow.json")))
                    .sorted()
                    .map(folder -> of(folder, catalog))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connectors of the example host: its files, and what comes with the plugin. */
    static EffectCatalog catalog() {
        ConnectorFiles files =
                new ConnectorFiles(text -> PLACEHOLDER.matcher(text).replaceAll("8080"));
        List<ConnectorDefinition> managed = new ArrayList<>(files.readDirectory(CONNECTORS));
        managed.addAll(builtIn());
        return new ConnectorRegistry(managed, files.readTenants(CONNECTORS)).catalogOf(TenantId.DEFAULT);
    }

    private static List<ConnectorDefinition> builtIn() {
        try (BuiltInConnectors connectors = new BuiltInConnectors(
                BuiltInConnectors.Settings.NONE, EgressGuard.allowing(""), (scope, name) -> Optional.empty(), () -> {
                    throw new IllegalStateException("no engine here");
                })) {
            return connectors.definitions();
        }
    }

    private static ExampleFixture of(Path folder, EffectCatalog catalog) {
        String slug = folder.getFileName().toString();
        Path typed = folder.resolve("workflow.ts");
        Path source = Files.exists(typed) ? typed : folder.resolve("workflow.js");
        ObjectNode json = (ObjectNode) tree(folder.resolve("workflow.json"));
        json.remove("slug");
        ConfigurationJson configuration = Replies.JSON.convertValue(json, ConfigurationJson.class);
        return new ExampleFixture(
                slug,
                folder,
                GOLDEN.resolve(slug),
                new CompilerInput(
                        new SourceText(source.getFileName().toString(), text(source)),
                        WorkflowSlug.of(slug),
                        1,
                        configuration.toConfiguration(),
                        catalog));
    }

    /** What the example's own cases say; the same file is executed against real back ends. */
    JsonNode expected(String name) {
        for (JsonNode run : tree(example.resolve("cases.json")).path("cases")) {
            if (run.path("name").asText().equals(name)) {
                return run;
            }
        }
        throw new IllegalStateException(slug + " has no case \"" + name + "\"");
    }

    /** The cases of the fixture: one for each of the example, with replies, result and effects. */
    JsonNode cases() {
        return tree(golden.resolve("cases.json"));
    }

    Subjects.Workflow workflow() {
        List<Fixture.Case> cases = new ArrayList<>();
        for (JsonNode run : cases()) {
            String name = run.path("name").asText();
            cases.add(new Fixture.Case(
                    name,
                    expected(name).path("input").toString(),
                    run.path("replies").toString()));
        }
        return new Subjects.Workflow(slug, input, cases, true);
    }

    static JsonNode tree(Path file) {
        return Replies.read(text(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return slug;
    }
}
