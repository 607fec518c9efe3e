package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Analyzer;
import ai.fastn.camunda.compiler.emit.Emitter;
import ai.fastn.camunda.compiler.parse.Parsed;
import ai.fastn.camunda.compiler.parse.ParserFixture;
import ai.fastn.camunda.compiler.slice.Slicer;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.diagnostic.SourceText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A node keeps its id while other code changes: instances can be migrated, links and remarks of modelers stay right.
 * Each workflow is edited at some places, with {@code -Dplaces=50} at more of them, with {@code -Dplaces=all} at every
 * one where a statement can stand.
 */
class StableIdsTest {

    private static final String PLACES = System.getProperty("places", "5");
    private static final long SEED = Long.getLong("seed", 1);

    static List<Subjects.Workflow> workflows() {
        return Subjects.all().stream()
                .filter(workflow -> workflow.title().startsWith(RealisticWorkflows.FOLDER)
                        || !workflow.title().contains(": "))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workflows")
    void an_unrelated_edit_moves_no_id(Subjects.Workflow workflow) {
        CompilerInput input = workflow.input();
        AnalyzedScript analyzed = analyze(input, input.source());
        NodeTexts before = NodeTexts.of(process(input, analyzed));
        List<UnrelatedEdits.Edit> edits = new ArrayList<>(UnrelatedEdits.of(analyzed));
        Collections.shuffle(edits, new Random(SEED));
        assertThat(edits).isNotEmpty();
        List<String> moved = edits.stream()
                .limit(PLACES.equals("all") ? edits.size() : Long.parseLong(PLACES))
                .flatMap(edit -> moved(before, edit, input))
                .toList();
        assertThat(moved).isEmpty();
    }

    private static Stream<String> moved(NodeTexts before, UnrelatedEdits.Edit edit, CompilerInput input) {
        NodeTexts after = NodeTexts.of(process(input, analyze(input, edit.source())), edit.undo());
        assertThat(before.commonWith(after)).as(edit.what()).isPositive();
        Map<String, String> moved = before.movedIn(after);
        return moved.entrySet().stream().map(entry -> edit.what() + ": " + entry);
    }

    private static AnalyzedScript analyze(CompilerInput input, SourceText source) {
        Parsed parsed = ParserFixture.parse(source);
        assertThat(parsed).as(source.text()).isInstanceOf(Parsed.Accepted.class);
        return new Analyzer().analyze(((Parsed.Accepted) parsed).script(), input.catalog());
    }

    private static BpmnModelInstance process(CompilerInput input, AnalyzedScript analyzed) {
        StepGraph graph = new Slicer().slice(analyzed, input.configuration().tier());
        return new Emitter()
                .emit(
                        graph,
                        input.source(),
                        input.slug(),
                        input.version(),
                        input.configuration(),
                        analyzed.connectors(),
                        analyzed.handles());
    }
}
