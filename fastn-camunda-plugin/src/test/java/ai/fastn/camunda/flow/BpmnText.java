package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** BPMN of the tests: small processes, and the files the compiler's fixtures are held to. */
final class BpmnText {

    private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");

    private BpmnText() {}

    /** A definitions element around the content of one process. */
    static String process(String content) {
        return "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'"
                + " xmlns:camunda='http://camunda.org/schema/1.0/bpmn'"
                + " xmlns:fastn='https://fastn.ai/schema/camunda/1.0'><process id='p' name='P'>" + content
                + "</process></definitions>";
    }

    /** {@code "a>b c>d"} as sequence flows; {@code a>b:yes} has a name. */
    static String flows(String flows) {
        StringBuilder xml = new StringBuilder();
        for (String flow : flows.strip().split("\\s+", -1)) {
            String[] parts = flow.split("[>:]", -1);
            xml.append("<sequenceFlow id='%s_%s' sourceRef='%s' targetRef='%s' name='%s'/>"
                    .formatted(parts[0], parts[1], parts[0], parts[1], parts.length > 2 ? parts[2] : ""));
        }
        return xml.toString();
    }

    /** Every fixture directory with a process. */
    static List<Path> fixtures() {
        try (Stream<Path> directories = Files.list(FIXTURES)) {
            return directories
                    .filter(directory -> Files.exists(directory.resolve("workflow.bpmn")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertGolden(Path file, String actual) {
        if ("update".equals(System.getProperty("golden"))) {
            try {
                Files.writeString(file, actual);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(file).as("run with -Dgolden=update").exists();
        assertThat(actual).as(file.toString()).isEqualTo(read(file));
    }
}
