package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads connector definitions from YAML: plain data without tags and aliases, so that a file can neither create objects
 * nor grow when it is read.
 */
public final class ConnectorFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_FILE = 1_000_000;
    private static final int DEEPEST_NESTING = 20;

    private final UnaryOperator<String> placeholders;

    /** Files whose text goes through {@code placeholders} first: resolves <code>${...}</code>. */
    public ConnectorFiles(UnaryOperator<String> placeholders) {
        this.placeholders = placeholders;
    }

    /**
     * The definitions in the files {@code *.yaml} and {@code *.yml} of a directory, by file name.
     *
     * @throws FastnException CONNECTOR_DEFINITION naming file and place of the first mistake
     */
    public List<ConnectorDefinition> readDirectory(Path directory) {
        return list(directory).stream()
                .filter(file ->
                        file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                .map(this::read)
                .toList();
    }

    /** The tenants' own definitions: {@code <directory>/tenants/<tenant>/*.yaml}; none without that folder. */
    public Map<TenantId, List<ConnectorDefinition>> readTenants(Path directory) {
        Map<TenantId, List<ConnectorDefinition>> definitions = new TreeMap<>(Comparator.comparing(TenantId::value));
        Path tenants = directory.resolve("tenants");
        if (Files.isDirectory(tenants)) {
            list(tenants).stream()
                    .filter(Files::isDirectory)
                    .forEach(tenant ->
                            definitions.put(new TenantId(String.valueOf(tenant.getFileName())), readDirectory(tenant)));
        }
        return definitions;
    }

    /**
     * One definition.
     *
     * @param file its name, for messages
     * @throws FastnException CONNECTOR_DEFINITION naming file and place of the mistake
     */
    public ConnectorDefinition parse(String file, String yaml) {
        Object tree = load(file, resolved(file, yaml));
        return DefinitionReader.read(new DefinitionNode(file, "", JSON.valueToTree(tree)));
    }

    /**
     * One definition that is parsed already: what a file of the same content says.
     *
     * @param name what it is called in messages
     * @throws FastnException CONNECTOR_DEFINITION naming the place of the mistake
     */
    public static ConnectorDefinition read(String name, JsonNode document) {
        return DefinitionReader.read(new DefinitionNode(name, "", document));
    }

    /**
     * How a connector shows who calls, out of the YAML of {@code auth} alone; none when that is empty.
     *
     * @param name what it is called in messages
     * @throws FastnException CONNECTOR_DEFINITION naming the place of the mistake
     */
    public static ConnectorAuth auth(String name, String yaml) {
        return AuthReader.read(new DefinitionNode(name, "auth", JSON.valueToTree(load(name, yaml))));
    }

    private ConnectorDefinition read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw wrong(name, "has " + Files.size(file) + " bytes; at most " + LARGEST_FILE + " are read");
            }
            return parse(name, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new FastnException(
                    ErrorCode.CONNECTOR_DEFINITION, "connector definition " + name + " can not be read", e);
        }
    }

    private String resolved(String file, String yaml) {
        try {
            return placeholders.apply(yaml);
        } catch (IllegalArgumentException e) {
            throw wrong(file, "has a placeholder that can not be resolved: " + e.getMessage());
        }
    }

    private static Object load(String file, String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setNestingDepthLimit(DEEPEST_NESTING);
        options.setCodePointLimit(LARGEST_FILE);
        try {
            return new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw wrong(file, "line " + line + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw wrong(file, String.valueOf(e.getMessage()));
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new FastnException(
                    ErrorCode.CONNECTOR_DEFINITION, "connector directory \"" + directory + "\" can not be read", e);
        }
    }

    private static FastnException wrong(String file, String what) {
        return new FastnException(ErrorCode.CONNECTOR_DEFINITION, "connector definition " + file + ": " + what);
    }
}
