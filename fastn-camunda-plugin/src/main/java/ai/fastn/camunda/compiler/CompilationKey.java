package ai.fastn.camunda.compiler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * Says which inputs give the same process: a hash of source, configuration and catalogue. Of the version it only
 * matters whether there is one.
 */
record CompilationKey(String sha256) {

    static CompilationKey of(CompilerInput input) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, input.source().fileName());
            add(digest, input.source().text());
            add(digest, input.slug().value());
            add(digest, input.version() > 0 ? "published" : "draft");
            add(digest, input.configuration().toString());
            // Sorted: the order of a map says nothing.
            add(digest, new TreeMap<>(input.catalog().connectors()).toString());
            add(digest, new TreeMap<>(input.catalog().hidden()).toString());
            return new CompilationKey(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every Java has SHA-256", e);
        }
    }

    /** With its length, so that no two lists of texts look the same; charsets would change a lone surrogate. */
    private static void add(MessageDigest digest, String text) {
        digest.update((text.length() + ":").getBytes(StandardCharsets.US_ASCII));
        ByteBuffer characters = ByteBuffer.allocate(2 * text.length());
        characters.asCharBuffer().put(text);
        digest.update(characters);
    }
}
