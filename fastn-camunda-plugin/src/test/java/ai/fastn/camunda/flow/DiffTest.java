package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.flow.ProcessDiff.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two versions side by side: code, configuration, process. */
class DiffTest {

    static List<Path> fixtures() {
        return BpmnText.fixtures();
    }

    @Test
    void linesAreSameAddedOrRemoved() {
        CodeDiff diff = CodeDiff.between("a\nb\nc\nd", "a\nx\nc\nd\ne");
        assertThat(diff.lines().stream().map(line -> line.change().charAt(0) + line.text()))
                .containsExactly("sa", "rb", "ax", "sc", "sd", "ae");
        assertThat(diff.lines().stream().map(line -> line.from() + ":" + line.to()))
                .containsExactly("1:1", "2:null", "null:2", "3:3", "4:4", "null:5");
        assertThat(diff.added()).isEqualTo(2);
        assertThat(diff.removed()).isEqualTo(1);
    }

    @Test
    void bothTextsCanBeReadOffTheDifference() {
        List<String> texts =
                List.of("", "a", "a\nb\n", "b\nc\na\n", "x\n\n\ny", "a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc");
        for (String from : texts) {
            for (String to : texts) {
                CodeDiff diff = CodeDiff.between(from, to);
                assertThat(side(diff, "added")).isEqualTo(from);
                assertThat(side(diff, "removed")).isEqualTo(to);
            }
        }
    }

    @Test
    void textsWithNothingInCommonAreReplacedAsAWhole() {
        String from = IntStream.range(0, 20_000).mapToObj(i -> "a" + i).collect(Collectors.joining("\n"));
        CodeDiff diff = CodeDiff.between("head\n" + from + "\ntail", "head\n" + from.replace('a', 'b') + "\ntail");
        assertThat(diff.added()).isEqualTo(20_000);
        assertThat(diff.removed()).isEqualTo(20_000);
        assertThat(diff.lines().get(0).change()).isEqualTo("same");
        assertThat(diff.lines().get(40_001).change()).isEqualTo("same");
    }

    @Test
    void changedMembersOfTheConfigurationAreNamedByTheirPath() {
        assertThat(FieldDiff.between(
                        Map.of("name", "A", "retry", Map.of("maxAttempts", 1, "coefficient", 2)),
                        Map.of("name", "A", "retry", Map.of("maxAttempts", 3, "coefficient", 2), "enabled", true)))
                .containsExactlyInAnyOrder(
                        new FieldDiff("retry.maxAttempts", 1, 3), new FieldDiff("enabled", null, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void aProcessDoesNotDifferFromItself(Path directory) {
        String bpmn = BpmnText.read(directory.resolve("workflow.bpmn"));
        assertThat(ProcessDiff.between(bpmn, bpmn)).isEqualTo(new ProcessDiff(List.of(), List.of()));
    }

    @Test
    void nodesAreAddedRemovedChangedAndMoved() {
        String old = BpmnText.process("<startEvent id='s'/><task id='a' name='A'/><task id='b' name='B'/>"
                + "<scriptTask id='c' name='C' camunda:asyncBefore='true'><script>one()</script></scriptTask>"
                + "<task id='gone' name='Gone'/>" + BpmnText.flows("s>a a>b b>c c>gone"));
        String now = BpmnText.process("<startEvent id='s'/><task id='a' name='A'/><task id='b' name='B2'/>"
                + "<scriptTask id='c' name='C'><script>two()</script></scriptTask>"
                + "<task id='new' name='New'/>" + BpmnText.flows("s>b b>c c>a:then a>new"));
        ProcessDiff diff = ProcessDiff.between(old, now);
        assertThat(diff.nodes())
                .containsExactlyInAnyOrder(
                        new Change("a", "A", "moved", List.of("place")),
                        new Change("b", "B2", "changed", List.of("name")),
                        new Change("c", "C", "changed", List.of("code", "settings")),
                        new Change("new", "New", "added", List.of()),
                        new Change("gone", "Gone", "removed", List.of()));
        assertThat(diff.edges().stream().map(edge -> edge.change() + " " + edge.id()))
                .containsExactlyInAnyOrder(
                        "added s_b", "added c_a", "added a_new", "removed s_a", "removed a_b", "removed c_gone");
    }

    private static String side(CodeDiff diff, String without) {
        return diff.lines().stream()
                .filter(line -> !line.change().equals(without))
                .map(CodeDiff.Line::text)
                .collect(Collectors.joining("\n"));
    }
}
