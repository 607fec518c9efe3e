package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Scripts for tests of later phases. What the parser says about a text is kept in {@code target/parsed}, so that a
 * virtual machine that tests one mutant need not start JavaScript.
 */
public final class StoredScripts {

    private static final Path FOLDER = Path.of("target/parsed");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUNDLE = bundle();
    private static final ParserContext CONTEXT = new ParserContext();
    private static final Map<SourceText, Optional<Script>> READ = new ConcurrentHashMap<>();

    private StoredScripts() {}

    /** The script of a text that must be accepted. */
    public static Script of(SourceText source) {
        return find(source).orElseThrow(() -> new AssertionError("rejected: " + source.fileName()));
    }

    /** The script of a JavaScript text that must be accepted. */
    public static Script javaScript(String text) {
        return of(new SourceText("workflow.js", text));
    }

    /** The script of a text that the parser's grammar accepts; the rules for modules are not looked at. */
    public static Optional<Script> find(SourceText source) {
        return READ.computeIfAbsent(source, StoredScripts::read);
    }

    private static Optional<Script> read(SourceText source) {
        try {
            JsonNode answer = JSON.readTree(answer(source));
            return answer.has("errors") ? Optional.empty() : Optional.of(Script.of(source, answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(SourceText source) throws IOException {
        Path file = FOLDER.resolve(sha256(BUNDLE + source.isTypeScript() + source.text()) + ".json");
        if (!Files.exists(file)) {
            Files.createDirectories(FOLDER);
            Path written = Files.createTempFile(FOLDER, "answer", ".part");
            Files.writeString(written, parse(source));
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.readString(file);
    }

    private static String parse(SourceText source) {
        return CONTEXT.onThread(() -> CONTEXT.call("$parse", source.text(), source.isTypeScript()))
                .orElse("{\"errors\":[]}");
    }

    private static String bundle() {
        try (InputStream stream = StoredScripts.class.getResourceAsStream("/ai/fastn/camunda/js/parser.js")) {
            if (stream == null) {
                throw new IllegalStateException("the parser's bundle was not built");
            }
            return sha256(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
