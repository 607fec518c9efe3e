package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.flow.SourceMap.Range;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** From a node to its text and from a line to its nodes, for every fixture. */
class SourceMapTest {

    static List<Path> fixtures() {
        return BpmnText.fixtures();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void theRangeOfANodeBeginsAndEndsWithTheCodeItShows(Path directory) {
        String[] source = source(directory);
        String bpmn = BpmnText.read(directory.resolve("workflow.bpmn"));
        SourceMap map = SourceMap.of(FlowGraph.read(bpmn));
        Map<String, String> code = new HashMap<>();
        for (Element process : BpmnFile.parse(bpmn).processes()) {
            BpmnFile.descendants(process)
                    .forEach(element -> code.put(BpmnFile.id(element), BpmnFile.documentation(element)));
        }
        assertThat(map.ranges()).isNotEmpty();
        for (Range range : map.ranges()) {
            String text = text(source, range);
            assertThat(text).as(range.toString()).isEqualTo(text.strip()).isNotEmpty();
            String shown = code.getOrDefault(range.id(), "");
            if (!shown.isEmpty() && !shown.contains("\n\n")) {
                // A caught error is shown without what stands around it, a type of TypeScript as blanks.
                String begin = first(shown).replaceAll("\\s{3,}.*", "");
                assertThat(first(text)).as(range.toString()).startsWith(begin);
                assertThat(last(text)).as(range.toString()).endsWith(last(shown).replaceAll(".*\\s{3,}", ""));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void everyLineOfTheFunctionThatDoesSomethingHasANode(Path directory) {
        String[] source = source(directory);
        SourceMap map = SourceMap.of(FlowGraph.read(BpmnText.read(directory.resolve("workflow.bpmn"))));
        List<String> without = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < source.length; i++) {
            if (inside && source[i].equals("}")) {
                inside = false;
            }
            if (inside && doesSomething(source[i]) && !map.lines().containsKey(i + 1)) {
                without.add((i + 1) + ": " + source[i]);
            }
            inside |= source[i].startsWith("export default");
        }
        assertThat(without).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void aNodeIsFoundAtEveryPlaceOfItsRange(Path directory) {
        SourceMap map = SourceMap.of(FlowGraph.read(BpmnText.read(directory.resolve("workflow.bpmn"))));
        for (Range range : map.ranges()) {
            assertThat(map.at(range.line(), range.column())).contains(range.id());
            assertThat(map.at(range.endLine(), range.endColumn() - 1)).contains(range.id());
            assertThat(map.lines().get(range.line())).contains(range.id());
        }
    }

    @Test
    void theMostExactNodeOfALineComesFirst() {
        SourceMap map = SourceMap.of(
                FlowGraph.read(
                        BpmnText.process(
                                "<task id='loop' fastn:source='2:1-6:2'/><task id='inner' fastn:source='3:5-3:20'/><task id='none'/>")));
        assertThat(map.lines().get(3)).containsExactly("inner", "loop");
        assertThat(map.lines().get(5)).containsExactly("loop");
        assertThat(map.at(3, 20)).containsExactly("loop");
        assertThat(map.at(7, 1)).isEmpty();
    }

    @Test
    void aCaseAndAJumpShowTheNodeTheyLeadOnFrom() {
        SourceMap map = SourceMap.of(FlowGraph.read(
                BpmnText.read(Path.of("src", "test", "resources", "fixtures", "state-machine", "workflow.bpmn"))));

        assertThat(map.lines().get(7)).first().isEqualTo("decision_Status"); // case "new":
        assertThat(map.lines().get(23)).contains("decision_Status"); // default:
        assertThat(map.lines().get(10)).containsExactly("read_hubspotCrm_getDeal"); // break;
        assertThat(map.ways())
                .isNotEmpty()
                .allSatisfy(way -> assertThat(map.at(way.line(), way.column())).contains(way.id()));
    }

    /** Words and braces that only hold statements together. */
    private static boolean doesSomething(String line) {
        String code = line.replaceAll("//.*", "").strip();
        return !code.matches(
                "[{}()\\[\\];,\\s]*|\\}?\\s*(else|finally|try|do)\\s*\\{?|\\*.*|/\\*.*|(async )?function .*");
    }

    private static String[] source(Path directory) {
        Path typed = directory.resolve("workflow.ts");
        return BpmnText.read(Files.exists(typed) ? typed : directory.resolve("workflow.js"))
                .split("\n", -1);
    }

    private static String text(String[] source, Range range) {
        if (range.line() == range.endLine()) {
            return source[range.line() - 1].substring(range.column() - 1, range.endColumn() - 1);
        }
        List<String> lines = new ArrayList<>(Arrays.asList(source).subList(range.line() - 1, range.endLine()));
        lines.set(0, lines.get(0).substring(range.column() - 1));
        int last = lines.size() - 1;
        lines.set(last, lines.get(last).substring(0, range.endColumn() - 1));
        return lines.stream().collect(Collectors.joining("\n"));
    }

    private static String first(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    private static String last(String text) {
        return text.lines().reduce((one, other) -> other).orElse("").strip();
    }
}
