package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ActionFailedException;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** {@code fastn.connector.files}: files of the tenant, in a folder or a bucket. */
final class FilesConnector {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int USUAL_PAGE = 1000;
    private static final int LONGEST_PATH = 512;

    private final FileStores stores;

    FilesConnector(FileStores stores) {
        this.stores = stores;
    }

    ConnectorDefinition definition() {
        return DefinitionFile.read(
                "files",
                Map.of(
                        "read", (members, call) -> read(new Input(members), call),
                        "write", (members, call) -> write(new Input(members), call),
                        "delete", (members, call) -> delete(new Input(members), call),
                        "exists", (members, call) -> exists(new Input(members), call),
                        "list", (members, call) -> list(new Input(members), call)));
    }

    private JsonNode read(Input input, ActionCall call) throws IOException, ActionFailedException {
        String path = path(input.text("path"));
        byte[] content = store(input, call)
                .read(path, Sizes.LARGEST_FILE)
                .orElseThrow(() -> new ActionFailedException(
                        "file \"" + path + "\" does not exist", false, Map.of("status", 404)));
        boolean base64 = input.text("encoding").equals("base64");
        return JSON.objectNode()
                .put("path", path)
                .put("size", content.length)
                .put("content", base64 ? Base64.getEncoder().encodeToString(content) : text(path, content));
    }

    private static String text(String path, byte[] content) throws ActionFailedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ActionFailedException(
                    "file \"" + path + "\" is no text in UTF-8; read it with encoding \"base64\"", false, Map.of());
        }
    }

    private JsonNode write(Input input, ActionCall call) throws IOException, ActionFailedException {
        String path = path(input.text("path"));
        byte[] content = content(input);
        if (content.length > Sizes.LARGEST_FILE) {
            throw Sizes.tooLarge(path, Sizes.LARGEST_FILE);
        }
        store(input, call)
                .write(path, content, input.optionalText("contentType").orElse("application/octet-stream"));
        return JSON.objectNode().put("path", path).put("size", content.length);
    }

    private static byte[] content(Input input) {
        if (!input.text("encoding").equals("base64")) {
            return input.text("content").getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(input.text("content"));
        } catch (IllegalArgumentException e) {
            throw Input.wrong("member \"content\" is not Base64");
        }
    }

    private JsonNode delete(Input input, ActionCall call) throws IOException, ActionFailedException {
        return JSON.objectNode().put("deleted", store(input, call).delete(path(input.text("path"))));
    }

    private JsonNode exists(Input input, ActionCall call) throws IOException, ActionFailedException {
        return JSON.objectNode().put("exists", store(input, call).exists(path(input.text("path"))));
    }

    private JsonNode list(Input input, ActionCall call) throws IOException, ActionFailedException {
        String folder = input.optionalText("folder")
                .map(text -> text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                .filter(text -> !text.isEmpty())
                .map(text -> path(text) + "/")
                .orElse("");
        FileStore.Listing listing =
                store(input, call).list(folder, input.optionalText("after"), input.number("limit", USUAL_PAGE));
        ObjectNode result = JSON.objectNode();
        var entries = result.putArray("entries");
        listing.entries().forEach(entry -> entries.add(json(entry)));
        listing.next().ifPresent(next -> result.put("next", next));
        return result;
    }

    private static ObjectNode json(FileStore.Entry entry) {
        ObjectNode json = JSON.objectNode().put("path", entry.path()).put("folder", entry.isFolder());
        if (!entry.isFolder()) {
            json.put("size", entry.size());
        }
        entry.modifiedAt().ifPresent(time -> json.put("modifiedAt", time.toString()));
        return json;
    }

    private FileStore store(Input input, ActionCall call) {
        return stores.get(input.optionalText("store"), call.scope().tenant(), call.credentials());
    }

    /** CONNECTOR_INPUT for anything but segments joined by "/". */
    private static String path(String path) {
        boolean odd = path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\');
        boolean segments = Arrays.stream(path.split("/", -1))
                .allMatch(segment -> !segment.isBlank() && !segment.equals(".") && !segment.equals(".."));
        if (odd || !segments || path.length() > LONGEST_PATH) {
            throw Input.wrong("path \"" + path.replaceAll("\\p{Cntrl}", "?")
                    + "\" is not one: names joined by \"/\", without \".\", \"..\" and \"\\\", at most "
                    + LONGEST_PATH + " characters");
        }
        return path;
    }
}
