package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.ActionFailedException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where files are kept. A path is relative, of segments joined by "/", none of them empty, "." or "..". Thread-safe.
 * What fails on the way to the store is an {@link ActionFailedException} for the author or an {@link IOException}.
 */
interface FileStore extends AutoCloseable {

    /** The content; empty when there is no such file. Files of more than {@code most} bytes fail. */
    Optional<byte[]> read(String path, int most) throws IOException, ActionFailedException;

    /** Replaces the whole file, or makes it; nobody ever sees half of it. */
    void write(String path, byte[] content, String contentType) throws IOException, ActionFailedException;

    /** False when there was none. */
    boolean delete(String path) throws IOException, ActionFailedException;

    boolean exists(String path) throws IOException, ActionFailedException;

    /**
     * What lies directly in a folder, in order of names.
     *
     * @param folder ends with "/"; empty is the root
     * @param after {@link Listing#next} of the page before
     */
    Listing list(String folder, Optional<String> after, int most) throws IOException, ActionFailedException;

    @Override
    default void close() {}

    /** One page. */
    record Listing(List<Entry> entries, Optional<String> next) {}

    /** A file, or a folder, whose path ends with "/" and whose size is 0. */
    record Entry(String path, long size, Optional<Instant> modifiedAt) {

        boolean isFolder() {
            return path.endsWith("/");
        }
    }
}
