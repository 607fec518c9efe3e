package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads JSON or YAML as plain data before anything looks at its meaning: no tags, no name twice, not deep, and aliases
 * can not make it grow.
 */
final class StrictDocument {

    /** In bytes. */
    static final int LARGEST = 5_000_000;

    private static final int DEEPEST = 100;
    private static final int MOST_ALIASES = 50;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictDocument() {}

    /**
     * The document as JSON.
     *
     * @throws FastnException OPENAPI_UNREADABLE with line and column
     */
    static ObjectNode read(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw unreadable("has " + bytes.length + " bytes; at most " + LARGEST + " are read");
        }
        String text = text(bytes);
        JsonNode root = text.stripLeading().startsWith("{") ? json(text) : yaml(text, bytes.length);
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw unreadable("is not an object with members such as openapi, info and paths");
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw unreadable("is no UTF-8 text");
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (StreamConstraintsException e) {
            throw unreadable("is nested more than " + DEEPEST + " levels deep, or has a number that is too long");
        } catch (JsonProcessingException e) {
            throw unreadable("line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        }
    }

    private static JsonNode yaml(String text, int bytes) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(LARGEST);
        DumperOptions unused = new DumperOptions();
        Yaml yaml =
                new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new PlainYamlTypes());
        try {
            return new YamlTree(bytes, DEEPEST).json(yaml.load(text));
        } catch (MarkedYAMLException e) {
            throw unreadable(place(e) + e.getProblem());
        } catch (ReaderException e) {
            throw unreadable("character " + e.getPosition() + ": special characters are not allowed");
        } catch (YAMLException e) {
            throw unreadable("is no plain YAML: " + firstLine(String.valueOf(e.getMessage())));
        }
    }

    private static String place(MarkedYAMLException e) {
        return e.getProblemMark() == null
                ? ""
                : "line " + (e.getProblemMark().getLine() + 1) + ", column "
                        + (e.getProblemMark().getColumn() + 1) + ": ";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    static FastnException unreadable(String what) {
        return new FastnException(ErrorCode.OPENAPI_UNREADABLE, "OpenAPI document: " + what);
    }
}
