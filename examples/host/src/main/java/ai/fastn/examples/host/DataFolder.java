package ai.fastn.examples.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that survives a restart: the database and a few secrets of this installation. One host at a time uses it.
 */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Opens the folder, creating it when it is missing.
     *
     * @throws StartRefusedException when another running host uses it
     */
    static DataFolder open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel lockFile =
                    FileChannel.open(path.resolve("host.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new StartRefusedException(
                        "Data folder " + path.toAbsolutePath()
                                + " is used by another running host: stop that one or start with -Dfastn.host.data=<another folder>");
            }
            return new DataFolder(path.toAbsolutePath().normalize(), lockFile);
        } catch (IOException e) {
            throw new StartRefusedException("Data folder " + path.toAbsolutePath() + " can not be used (" + e
                    + "): make it writable or start with -Dfastn.host.data=<another folder>");
        }
    }

    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** A file or folder inside. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * 32 random bytes in Base64, kept under this name and made at the first call; only the user of the host can read
     * its file.
     */
    String secret(String name) {
        return find(name).orElseGet(() -> {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            String made = Base64.getEncoder().encodeToString(random);
            keep(name, made);
            return made;
        });
    }

    /** The value kept under this name. */
    public Optional<String> find(String name) {
        try {
            Path file = path.resolve(name);
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes beside and renames, so that a crash leaves the old file or the new one, never half of it. */
    public void keep(String name, String value) {
        try {
            Path draft = Files.createTempFile(path, name, ".tmp", ownerOnly());
            Files.writeString(draft, value + "\n");
            Files.move(draft, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Gives the folder free for the next host. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
