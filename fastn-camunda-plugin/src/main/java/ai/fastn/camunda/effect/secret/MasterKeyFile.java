package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A master key in a file that its owner keeps to himself. */
public final class MasterKeyFile {

    private static final Set<PosixFilePermission> REFUSED = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private MasterKeyFile() {}

    /**
     * Reads the Base64 of 32 bytes.
     *
     * @throws FastnException MASTER_KEY, or SECRET_STORE when the text is no key
     */
    public static MasterKey read(Path file) {
        try {
            requireKept(file);
            return MasterKey.ofBase64(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new FastnException(ErrorCode.MASTER_KEY, "master key file \"" + file + "\" can not be read", e);
        }
    }

    private static void requireKept(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(REFUSED::contains)) {
            throw new FastnException(
                    ErrorCode.MASTER_KEY,
                    "master key file \"" + file + "\" is open to others (" + PosixFilePermissions.toString(permissions)
                            + "): chmod 600 it");
        }
    }
}
