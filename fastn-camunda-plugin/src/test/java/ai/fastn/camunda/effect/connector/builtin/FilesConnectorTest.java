package ai.fastn.camunda.effect.connector.builtin;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.json;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.connector.BuiltIns;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.HttpRequests;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fastn.connector.files}: the same calls in a folder and in a bucket. */
class FilesConnectorTest {

    private static final FakeBucket BUCKET = new FakeBucket();

    @TempDir
    static Path folder;

    private static BuiltIns calls;

    @BeforeAll
    static void listStores() {
        calls = new BuiltIns(
                new BuiltInConnectors.Settings(
                        Map.of(),
                        List.of(),
                        BuiltInConnectors.Settings.NONE.email(),
                        Map.of(
                                "local", new FileStoreSettings(folder.toString(), null, null, null, null, null),
                                "s3", bucket(BUCKET.endpoint(), FakeBucket.ACCESS_KEY),
                                "refused", bucket(BUCKET.endpoint(), "wrong-access-key"),
                                "gone", bucket(URI.create("http://127.0.0.1:1"), FakeBucket.ACCESS_KEY)),
                        List.of()),
                "");
    }

    @AfterAll
    static void close() {
        calls.close();
        BUCKET.close();
    }

    private static FileStoreSettings bucket(URI endpoint, @Nullable String accessKey) {
        return new FileStoreSettings(null, "files", endpoint, null, accessKey, "test-secret-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "s3"})
    void aFileIsWrittenReadReplacedAndDeleted(String store) {
        String one = "{'store': '" + store + "', 'path': 'invoices/2026/ü 1.txt'";

        assertThat(calls.call("files.exists", one + "}")).isEqualTo(json("{\"exists\": false}"));
        assertThat(calls.call("files.write", one + ", 'content': 'grün'}")
                        .path("size")
                        .asInt())
                .isEqualTo(5);
        calls.call("files.write", one + ", 'content': 'AP8=', 'encoding': 'base64'}");
        assertThat(calls.call("files.exists", one + "}")).isEqualTo(json("{\"exists\": true}"));
        assertThat(calls.call("files.read", one + ", 'encoding': 'base64'}"))
                .isEqualTo(json("{\"path\": \"invoices/2026/ü 1.txt\", \"size\": 2, \"content\": \"AP8=\"}"));
        assertThat(calls.failure("files.read", one + "}").message()).contains("is no text in UTF-8");
        assertThat(calls.call("files.delete", one + "}")).isEqualTo(json("{\"deleted\": true}"));
        assertThat(calls.call("files.delete", one + "}")).isEqualTo(json("{\"deleted\": false}"));

        EffectOutcome.Failed gone = calls.failure("files.read", one + "}");
        assertThat(gone.message()).isEqualTo("files.read: file \"invoices/2026/ü 1.txt\" does not exist");
        assertThat(gone.fields()).containsEntry("status", 404).containsEntry("retryable", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "s3"})
    void aFolderIsListedPageByPage(String store) {
        for (String path : List.of("list/b.txt", "list/a.txt", "list/sub/x.txt", "other/y.txt")) {
            calls.call("files.write", "{'store': '" + store + "', 'path': '" + path + "', 'content': 'x'}");
        }
        String in = "{'store': '" + store + "', 'folder': 'list', 'limit': 2";

        JsonNode first = calls.call("files.list", in + "}");
        JsonNode second = calls.call(
                "files.list", in + ", 'after': '" + first.path("next").asText() + "'}");

        assertThat(first.path("entries").findValuesAsText("path")).containsExactly("list/a.txt", "list/b.txt");
        assertThat(first.at("/entries/0/size").asInt()).isEqualTo(1);
        assertThat(first.at("/entries/0/modifiedAt").asText()).isNotEmpty();
        assertThat(second.path("entries")).isEqualTo(json("[{\"path\": \"list/sub/\", \"folder\": true}]"));
        assertThat(second.has("next")).isFalse();
        assertThat(calls.call("files.list", "{'store': '" + store + "', 'folder': 'none/'}"))
                .isEqualTo(json("{\"entries\": []}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "s3"})
    void aTenantSeesNoFileOfAnother(String store) {
        String file = "{'store': '" + store + "', 'path': 'mine.txt'";
        calls.call("files.write", file + ", 'content': 'a'}", scope(TENANT_A));

        assertThat(calls.call("files.exists", file + "}", scope(TENANT_B))).isEqualTo(json("{\"exists\": false}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../b/mine.txt", "/etc/passwd", "a//b", "a/./b", "..", "a/", " ", "a\\\\..\\\\b", "a\\u0000b"})
    void aPathThatLeadsElsewhereIsRefused(String path) {
        for (String store : List.of("local", "s3")) {
            EffectOutcome.Failed error = calls.failure(
                    "files.write", "{\"store\": \"" + store + "\", \"path\": \"" + path + "\", \"content\": \"x\"}");
            assertThat(error.fields()).containsEntry("code", "FASTN-03004");
        }
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        calls.call("files.write", "{'store': 'local', 'path': 'here.txt', 'content': 'x'}");
        Path outside = Files.createTempDirectory("outside");
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("a/link"), outside);
        Files.createSymbolicLink(folder.resolve("a/file"), outside.resolve("secret.txt"));

        for (String path : List.of("link/secret.txt", "file", "link/new.txt")) {
            String in = "{'store': 'local', 'path': '" + path + "'";
            assertThat(calls.failure("files.read", in + "}").message())
                    .isEqualTo("files.read: path \"" + path + "\" leads through a link");
            assertThat(calls.failure("files.write", in + ", 'content': 'x'}").fields())
                    .containsEntry("code", "FASTN-03081");
        }
        assertThat(calls.call("files.list", "{'store': 'local'}").toString()).doesNotContain("link", "\"file\"");
        assertThat(outside.toFile().list()).hasSize(1);
    }

    @Test
    void nothingHalfDoneIsLeftOfAWrite() throws IOException {
        calls.call("files.write", "{'store': 'local', 'path': 'whole/file.txt', 'content': 'one'}");
        calls.call("files.write", "{'store': 'local', 'path': 'whole/file.txt', 'content': 'two'}");
        calls.failure("files.write", "{'store': 'local', 'path': 'whole', 'content': 'x'}");
        EffectOutcome.Failed below =
                calls.failure("files.write", "{'store': 'local', 'path': 'whole/file.txt/x', 'content': 'x'}");

        assertThat(below.message()).isEqualTo("files.write: a folder of \"whole/file.txt/x\" is a file");
        try (Stream<Path> files = Files.list(folder.resolve("a/whole"))) {
            assertThat(files)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .containsExactly("file.txt");
        }
        assertThat(folder.resolve("a/whole/file.txt")).hasContent("two");
    }

    @Test
    void aFileThatIsTooLargeIsNeitherWrittenNorRead() throws IOException {
        String large = "x".repeat(Sizes.LARGEST_FILE + 1);
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/large.txt"), large);
        BUCKET.objects.put("a/large.txt", large.getBytes(StandardCharsets.UTF_8));

        for (String store : List.of("local", "s3")) {
            String in = "{'store': '" + store + "', 'path': 'large.txt'";
            assertThat(calls.failure("files.read", in + "}").message())
                    .isEqualTo("files.read: file \"large.txt\" has more than 10485760 bytes");
            assertThat(calls.failure("files.write", in + ", 'content': '" + large + "'}")
                            .message())
                    .isEqualTo("files.write: file \"large.txt\" has more than 10485760 bytes");
        }
    }

    @Test
    void aStoreThatIsDownIsWorthAnotherTryAndOneThatRefusesIsNot() {
        BUCKET.failNext(1);
        EffectOutcome.Failed busy = calls.failure("files.read", "{'store': 's3', 'path': 'x'}");
        EffectOutcome.Failed gone = calls.failure("files.read", "{'store': 'gone', 'path': 'x'}");
        EffectOutcome.Failed refused =
                calls.failure("files.write", "{'store': 'refused', 'path': 'x', 'content': 'x'}");

        assertThat(busy.message()).isEqualTo("files.read: the store answered 503");
        assertThat(busy.fields()).containsEntry("retryable", true).containsEntry("status", 503);
        assertThat(gone.message()).isEqualTo("files.read: the store can not be reached");
        assertThat(gone.fields()).containsEntry("retryable", true);
        assertThat(refused.message()).isEqualTo("files.write: the store refuses the access key");
        assertThat(refused.fields()).containsEntry("retryable", false);
    }

    @Test
    void aStoreIsAFolderOrABucket() {
        FileStoreSettings both = new FileStoreSettings("/tmp", "files", null, null, null, null);
        HttpRequests requests = new HttpRequests(EgressGuard.allowing(""));
        assertThatThrownBy(() -> new FileStores(Map.of("both", both), requests))
                .hasMessage("fastn.connectors.files.both is to have either directory or bucket");
        try (BuiltIns none = new BuiltIns(BuiltInConnectors.Settings.NONE, "")) {
            assertThat(none.failure("files.read", "{'path': 'x'}").message())
                    .isEqualTo("files.read: no store of files is set: make a connection, or the operator lists them as"
                            + " fastn.connectors.files.<name>.directory");
        }
    }
}
