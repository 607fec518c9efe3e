package ai.fastn.camunda.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.diagnostic.SourceText.Position;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mistakes in the form a person reads. */
class DiagnosticTextTest {

    @Test
    void aMistakeIsShownWithItsLineAndWhatToWriteInstead() {
        SourceText source = new SourceText("sync.ts", "a\n\tconst x = hubspotCrn;\n");
        Diagnostic unknown = Diagnostic.of(
                DiagnosticKind.UNKNOWN_CONNECTOR, new SourceSpan(13, 23), "hubspotCrn", "take hubspotCrm.");
        assertThat(new DiagnosticText(source).of(List.of(unknown, unknown))).isEqualTo("""
                        sync.ts:2:12: FASTN-01020 The connector "hubspotCrn" does not exist.
                            2 | \tconst x = hubspotCrn;
                              | \t          ^^^^^^^^^^
                            instead: take hubspotCrm.

                        sync.ts:2:12: FASTN-01020 The connector "hubspotCrn" does not exist.
                            2 | \tconst x = hubspotCrn;
                              | \t          ^^^^^^^^^^
                            instead: take hubspotCrm.
                        """);
    }

    @Test
    void adviceNamesWhatItIsAbout() {
        SourceSpan span = new SourceSpan(0, 1);
        assertThat(Diagnostic.of(DiagnosticKind.CONNECTOR_NOT_DECLARED, span, "crm", "")
                        .instead())
                .isEqualTo("add \"crm\" to the connectors of new Fastn(...).");
    }

    @Test
    void aLongLineIsShownInPart() {
        String line = "x".repeat(500) + "HERE" + "y".repeat(500);
        String excerpt = new DiagnosticText(new SourceText("a.js", line)).excerpt(new SourceSpan(500, 504));
        assertThat(excerpt.lines().toList().get(0)).hasSize(128).contains("xHEREy");
        assertThat(excerpt.lines().toList().get(1)).isEqualTo("      | " + " ".repeat(60) + "^^^^");
    }

    @Test
    void aPlaceOverSeveralLinesIsShownByItsFirst() {
        String excerpt = new DiagnosticText(new SourceText("a.js", "ab\ncd")).excerpt(new SourceSpan(1, 5));
        assertThat(excerpt).isEqualTo("    1 | ab\n      |  ^");
    }

    @Test
    void linesEndAsEditorsCountThem() {
        LineIndex lines = LineIndex.of("a\r\nb\rc\n\u2028d");
        assertThat(lines.lineCount()).isEqualTo(4);
        assertThat(lines.positionOf(0)).isEqualTo(new Position(1, 1));
        assertThat(lines.positionOf(3)).isEqualTo(new Position(2, 1));
        assertThat(lines.positionOf(5)).isEqualTo(new Position(3, 1));
        assertThat(lines.positionOf(9)).isEqualTo(new Position(4, 3));
        assertThat(lines.offsetOf(new Position(2, 1))).isEqualTo(3);
        assertThat(lines.offsetOf(new Position(1, 99))).isEqualTo(1);
        assertThat(lines.lineText(1)).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasACodeOfTheSourceArea(DiagnosticKind kind) {
        assertThat(kind.code()).matches("FASTN-01\\d{3}");
        assertThat(List.of(DiagnosticKind.values()))
                .filteredOn(other -> other.code().equals(kind.code()))
                .hasSize(1);
    }
}
