package ai.fastn.camunda.effect.connector.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.connector.ConnectorCatalogue;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorFiles;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row N3: the declarations as text, and what the TypeScript compiler says with them. */
class TypeDeclarationsTest {

    private static final Path CONNECTORS = Path.of("../examples/host/src/main/resources/connectors");
    private static final Path TYPES = Path.of("src/test/resources/types");
    private static final Path COMPILER = Path.of("src/test/js/node_modules/typescript/bin/tsc");
    private static final Pattern ERROR = Pattern.compile("(?m)^(.*)\\((\\d+),\\d+\\): error .*$");

    private final ConnectorFiles files = new ConnectorFiles(text -> text.replaceAll("\\$\\{[^}]*}", "8080"));

    private ConnectorDefinition zoo() throws IOException {
        return files.parse("zoo.yaml", Files.readString(TYPES.resolve("zoo.yaml")));
    }

    /** Those of the example host, the catalogue, what comes with the plugin, and the zoo. */
    private String declarations() throws IOException {
        List<ConnectorDefinition> managed = new ArrayList<>(files.readDirectory(CONNECTORS));
        managed.addAll(ConnectorCatalogue.chosen(List.of("*"), managed));
        managed.removeIf(definition -> definition.slug().equals("gamma")); // the tenant has its own
        Set<String> taken = managed.stream().map(ConnectorDefinition::slug).collect(Collectors.toSet());
        builtIn().stream()
                .filter(definition -> !taken.contains(definition.slug()))
                .forEach(managed::add);
        managed.add(zoo());
        return TypeDeclarations.of(new ConnectorRegistry(managed, files.readTenants(CONNECTORS))
                .connectorsOf(TenantId.DEFAULT, ConnectorVersions.NONE));
    }

    private static List<ConnectorDefinition> builtIn() {
        try (BuiltInConnectors connectors = new BuiltInConnectors(
                BuiltInConnectors.Settings.NONE, EgressGuard.allowing(""), (scope, name) -> Optional.empty(), () -> {
                    throw new IllegalStateException("no engine here");
                })) {
            return connectors.definitions();
        }
    }

    @Test
    void everyKindOfSchemaBecomesThisType() throws IOException {
        String text = new ConnectorTypes(zoo()).text();
        Path expected = TYPES.resolve("zoo.d.ts");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
    }

    @Test
    void exactlyTheMistakesInAFileAreFoundAndNoneInTheExamples(@TempDir Path folder) throws Exception {
        List<Path> sources = new ArrayList<>(examples(".js"));
        sources.add(TYPES.resolve("mistakes.js").toAbsolutePath().normalize());

        List<String> errors = compile(folder, sources, false);

        List<String> lines = Files.readAllLines(TYPES.resolve("mistakes.js"));
        assertThat(new TreeSet<>(errors))
                .containsExactlyElementsOf(new TreeSet<>(IntStream.range(0, lines.size())
                        .filter(line -> lines.get(line).endsWith("// wrong"))
                        .mapToObj(line -> "mistakes.js:" + (line + 1))
                        .toList()));
    }

    @Test
    void examplesInTypeScriptPassTheStrictChecks(@TempDir Path folder) throws Exception {
        List<Path> sources = examples(".ts");

        assertThat(sources).isNotEmpty();
        assertThat(compile(folder, sources, true)).isEmpty();
    }

    private static List<Path> examples(String ending) throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("../examples"))) {
            return folders.map(folder ->
                            folder.resolve("workflow" + ending).toAbsolutePath().normalize())
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
    }

    /** File and line of each error. */
    private List<String> compile(Path folder, List<Path> sources, boolean strict) throws Exception {
        Path types = Files.writeString(folder.resolve("fastn.d.ts"), declarations());
        List<String> all = new ArrayList<>(List.of(types.toString()));
        sources.forEach(source -> all.add(source.toString()));
        Path project = folder.resolve("tsconfig.json");
        new ObjectMapper()
                .writeValue(
                        project.toFile(),
                        Map.of(
                                "compilerOptions",
                                Map.of(
                                        "allowJs",
                                        true,
                                        "checkJs",
                                        true,
                                        "noEmit",
                                        true,
                                        "strict",
                                        strict,
                                        "target",
                                        "es2024",
                                        "lib",
                                        List.of("es2024"),
                                        "module",
                                        "esnext",
                                        "types",
                                        List.of()),
                                "files",
                                all));
        Process compiler = new ProcessBuilder(
                        "node", COMPILER.toString(), "--pretty", "false", "-p", project.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int ended = compiler.waitFor();
        List<String> errors = new ArrayList<>();
        Matcher matcher = ERROR.matcher(output);
        while (matcher.find()) {
            errors.add(Path.of(matcher.group(1)).getFileName() + ":" + matcher.group(2));
        }
        assertThat(ended == 0).as(output).isEqualTo(errors.isEmpty());
        return errors;
    }
}
