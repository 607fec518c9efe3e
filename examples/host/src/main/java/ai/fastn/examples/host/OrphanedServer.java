package ai.fastn.examples.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a host that was killed leaves in its database folder: a {@code postmaster.pid}, and perhaps the server itself,
 * which outlives its host. Called with the data folder locked, so no living host owns that server.
 */
final class OrphanedServer {

    private static final int STOP_SECONDS = 30;

    private OrphanedServer() {}

    static void stop(Path databaseFolder) throws IOException {
        Path pidFile = databaseFolder.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        boolean unknown = false;
        var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isPresent()) {
            String command = process.get().info().command().orElse("");
            unknown = command.isEmpty();
            if (command.contains("postgres")) {
                stop(process.get());
            }
        }
        if (!unknown) {
            // The number belongs to nobody or, after a reboot, to a stranger: PostgreSQL would refuse to start because
            // of it.
            Files.deleteIfExists(pidFile);
        }
    }

    private static void stop(ProcessHandle server) {
        server.destroy();
        try {
            server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartRefusedException("PostgreSQL (process " + server.pid()
                    + ") is left from an earlier start and did not stop within " + STOP_SECONDS
                    + " s: stop it and start again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefusedException("The start was interrupted.");
        }
    }
}
