package ai.fastn.camunda.effect.connector.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.connector.ConnectorFiles;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A document of 2 MB takes less than 5 s, from its bytes to a definition; counted without what else the machine does.
 */
class LargeDocumentTest {

    private static final int BYTES = 2_000_000;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    void twoMegabytesOfJsonArePreviewedAndImportedInTime() {
        byte[] document = LargeDocument.json(BYTES);
        assertThat(document).hasSizeGreaterThanOrEqualTo(BYTES).isEqualTo(LargeDocument.json(BYTES));

        ImportPreview preview = inTime(
                "preview of JSON", document, () -> ReadDocument.of(document).preview());
        ImportedDefinition usual = inTime(
                "import of JSON",
                document,
                () -> ReadDocument.of(document)
                        .definition(Fixture.choice("large", "https://large.example", List.of())));

        assertThat(preview.operations()).hasSizeGreaterThan(2_000);
        assertThat(preview.operations().stream().filter(ImportPreview.Operation::chosen))
                .hasSize(50)
                .allMatch(operation -> operation.method().equals("GET"));
        assertThat(usual.document().path("actions")).hasSize(50);
        assertThat(usual.document().path("schemas").size()).isBetween(20, 100);
    }

    @Test
    void allOfItIsImportedInTimeToo() {
        byte[] document = LargeDocument.json(BYTES);
        List<String> all = ReadDocument.of(document).preview().operations().stream()
                .map(ImportPreview.Operation::action)
                .toList();

        ImportedDefinition whole = inTime(
                "import of all operations",
                document,
                () -> ReadDocument.of(document).definition(Fixture.choice("large", "https://large.example", all)));

        assertThat(ConnectorFiles.read("large", whole.document()).actions()).hasSameSizeAs(all);
    }

    @Test
    void twoMegabytesOfYamlArePreviewedInTime() throws IOException {
        byte[] json = LargeDocument.json(BYTES);
        byte[] yaml = new YAMLMapper()
                .writeValueAsString(Fixture.json(new String(json, UTF_8)))
                .getBytes(UTF_8);

        ImportPreview preview =
                inTime("preview of YAML", yaml, () -> ReadDocument.of(yaml).preview());

        assertThat(Fixture.pretty(preview))
                .isEqualTo(Fixture.pretty(ReadDocument.of(json).preview()));
    }

    private static <T> T inTime(String what, byte[] document, Supplier<T> work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Instant start = Instant.now();
        long before = threads.getCurrentThreadCpuTime();
        T result = work.get();
        Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
        System.out.printf(
                "OpenAPI %s, %,d bytes: %d ms of a processor, %d ms in all%n",
                what,
                document.length,
                took.toMillis(),
                Duration.between(start, Instant.now()).toMillis());
        assertThat(took).as(what).isLessThan(LIMIT);
        return result;
    }
}
