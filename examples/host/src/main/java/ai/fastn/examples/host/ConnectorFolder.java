package ai.fastn.examples.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The connector definitions as files: the plugin reads a folder, and the host carries them inside its jar. Written at
 * each start, so that a new version of the host brings its new definitions; files of other names stay.
 */
final class ConnectorFolder {

    private static final String ROOT = "/connectors/";

    private ConnectorFolder() {}

    static Path unpack(DataFolder folder) {
        Path target = folder.resolve("connectors");
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:connectors/**/*.yaml")) {
                copy(file, target);
            }
        } catch (IOException e) {
            throw new StartRefusedException("Connector definitions can not be written to " + target + " (" + e
                    + "): make the folder writable or start with -Dfastn.host.data=<another folder>");
        }
        return target;
    }

    private static void copy(Resource file, Path target) throws IOException {
        String address = file.getURL().toString();
        Path copy = target.resolve(address.substring(address.lastIndexOf(ROOT) + ROOT.length()));
        Files.createDirectories(copy.getParent());
        try (InputStream content = file.getInputStream()) {
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
