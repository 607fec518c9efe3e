package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.ActionFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Files in a folder of this machine. Links are not followed, so that nothing leads out of it. */
final class LocalFiles implements FileStore {

    private static final String DRAFT = ".fastn-draft-";

    private final Path root;

    LocalFiles(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public Optional<byte[]> read(String path, int most) throws IOException, ActionFailedException {
        Path file = resolve(path);
        if (!isFile(file)) {
            return Optional.empty();
        }
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = content.readNBytes(most + 1);
            if (bytes.length > most) {
                throw Sizes.tooLarge(path, most);
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Written beside and renamed; on the disk before that. */
    @Override
    public void write(String path, byte[] content, String contentType) throws IOException, ActionFailedException {
        Path file = resolve(path);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ActionFailedException("\"" + path + "\" is a folder", false, Map.of());
        }
        Path folder = Objects.requireNonNull(file.getParent());
        makeFolder(path, folder);
        Path draft = Files.createTempFile(folder, DRAFT, "");
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void makeFolder(String path, Path folder) throws IOException, ActionFailedException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new ActionFailedException("a folder of \"" + path + "\" is a file", false, Map.of());
        }
    }

    @Override
    public boolean delete(String path) throws IOException {
        Path file = resolve(path);
        return isFile(file) && Files.deleteIfExists(file);
    }

    @Override
    public boolean exists(String path) {
        return isFile(resolve(path));
    }

    @Override
    public Listing list(String folder, Optional<String> after, int most) throws IOException {
        Path directory = folder.isEmpty() ? root : resolve(folder.substring(0, folder.length() - 1));
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return new Listing(List.of(), Optional.empty());
        }
        List<Entry> found = new ArrayList<>();
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                entry(folder, child).ifPresent(found::add);
            }
        }
        List<Entry> rest = found.stream()
                .filter(entry -> after.isEmpty() || entry.path().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Entry::path))
                .limit(most + 1L)
                .toList();
        return rest.size() <= most
                ? new Listing(rest, Optional.empty())
                : new Listing(
                        rest.subList(0, most), Optional.of(rest.get(most - 1).path()));
    }

    private static Optional<Entry> entry(String folder, Path child) throws IOException {
        String name = String.valueOf(child.getFileName());
        if (name.startsWith(DRAFT)) {
            return Optional.empty();
        }
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(new Entry(folder + name + "/", 0, Optional.empty()));
        }
        return isFile(child)
                ? Optional.of(new Entry(
                        folder + name,
                        Files.size(child),
                        Optional.of(Files.getLastModifiedTime(child).toInstant())))
                : Optional.empty();
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** The place of a path; BUILT_IN_REFUSED when it is not below the root or a part of it is a link. */
    private Path resolve(String path) {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw Input.refused("path \"" + path + "\" leads out of the tenant's folder");
        }
        Path part = root;
        for (Path name : root.relativize(file)) {
            part = part.resolve(name);
            if (Files.isSymbolicLink(part)) {
                throw Input.refused("path \"" + path + "\" leads through a link");
            }
        }
        return file;
    }
}
