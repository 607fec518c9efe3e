package ai.fastn.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.diagnostic.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code has a page that says what happened and what to do; no page is left of a code that is gone. */
class ErrorCatalogueTest {

    @Test
    void everyCodeHasOneHeadingInDocsErrors() throws IOException {
        List<String> headings = Files.readAllLines(Path.of("docs/errors.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(headings).containsExactlyInAnyOrderElementsOf(codes());
    }

    @Test
    void noCodeIsUsedTwice() {
        assertThat(codes().stream().map(each -> each.split(" ", 2)[0])).doesNotHaveDuplicates();
    }

    private static List<String> codes() {
        return Stream.concat(
                        Arrays.stream(ErrorCode.values()).map(each -> each.code() + " " + each.name()),
                        Arrays.stream(DiagnosticKind.values()).map(each -> each.code() + " " + each.name()))
                .toList();
    }
}
