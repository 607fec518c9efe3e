package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A document in the form of a public one, with what is expected to be made of it beside it. */
record Fixture(Path folder) {

    private static final Path FOLDER = Path.of("src/test/resources/openapi");
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();
    private static final DefaultPrettyPrinter PRINTER =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    static Fixture of(String name) {
        return new Fixture(FOLDER.resolve(name));
    }

    byte[] document() {
        try {
            Path yaml = folder.resolve("document.yaml");
            return Files.readAllBytes(Files.exists(yaml) ? yaml : folder.resolve("document.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that can be imported, called at an address. */
    ObjectNode definition(OpenApiImport imports, String slug, String baseUrl) {
        List<String> all = imports.preview(document()).operations().stream()
                .filter(operation -> operation.problem().isEmpty())
                .map(ImportPreview.Operation::action)
                .toList();
        return imports.definition(document(), choice(slug, baseUrl, all)).document();
    }

    static ImportChoice choice(String slug, String baseUrl, List<String> operations) {
        return new ImportChoice(
                slug, Optional.empty(), Optional.of(baseUrl), operations, Map.of(), Optional.of(none()));
    }

    static ObjectNode none() {
        return JSON.createObjectNode().put("type", "none");
    }

    static String pretty(Object value) {
        try {
            return JSON.writer(PRINTER).writeValueAsString(value) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
