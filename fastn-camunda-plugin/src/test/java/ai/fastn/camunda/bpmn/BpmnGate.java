package ai.fastn.camunda.bpmn;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The programs in {@code src/test/js} that hold BPMN and element templates against the Camunda Modeler's own rules. */
public final class BpmnGate {

    private static final Path SCRIPTS = Path.of("src", "test", "js");

    private BpmnGate() {}

    /** How many files were looked at, and everything that is wrong with them. */
    public record Verdict(int files, List<String> findings) {}

    /**
     * Lints every {@code .bpmn} below a folder (bpmnlint recommended and camunda-compat 7.24) and sends it through
     * moddle twice.
     */
    public static Verdict lint(Path folder) {
        return run("gate.mjs", folder);
    }

    /** Validates every element template in a folder. */
    public static Verdict validateTemplates(Path folder) {
        return run("templates.mjs", folder);
    }

    private static Verdict run(String script, Path folder) {
        try {
            Process node = new ProcessBuilder("node", SCRIPTS.resolve(script).toString(), folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (node.waitFor() != 0) {
                throw new IllegalStateException("node " + script + " " + folder + " ended with " + node.exitValue());
            }
            return new ObjectMapper().readValue(output, Verdict.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
