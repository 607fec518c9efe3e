package ai.fastn.camunda.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Analyzer;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.bench.LongSource;
import ai.fastn.camunda.compiler.emit.Emitter;
import ai.fastn.camunda.compiler.layout.Layout;
import ai.fastn.camunda.compiler.parse.Parsed;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.ScriptParser;
import ai.fastn.camunda.compiler.slice.Slicer;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.Test;

/** Compiling takes time in proportion to the length of the source: a phase that is quadratic fails here. */
class GrowthTest {

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int TIMES = 4;
    private static final int LINES = 1_000;

    /** In proportion it is 4, for a quadratic phase 16; the processor's time, the best of a few. */
    private static final double MOST = 9;

    private static final int ATTEMPTS = 3;

    @Test
    void fourTimesTheLinesTakeAboutFourTimesTheWork() {
        try (ScriptParser parser = new ScriptParser()) {
            Script one = script(parser, LINES);
            Script four = script(parser, TIMES * LINES);
            assertThat(best(four) / best(one)).isLessThan(MOST);
        }
    }

    private static Script script(ScriptParser parser, int lines) {
        return ((Parsed.Accepted) parser.parse(LongSource.of(lines, 1, false))).script();
    }

    private static double best(Script script) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS; i++) {
            long begin = CLOCK.getCurrentThreadCpuTime();
            compile(script);
            best = Math.min(best, (double) (CLOCK.getCurrentThreadCpuTime() - begin));
        }
        return best;
    }

    private static void compile(Script script) {
        SourceText source = script.source();
        AnalyzedScript analyzed = new Analyzer().analyze(script, Catalogs.TEST);
        StepGraph graph = new Slicer().slice(analyzed, Tier.STANDARD);
        BpmnModelInstance model = new Emitter()
                .emit(
                        graph,
                        source,
                        WorkflowSlug.of("long"),
                        1,
                        WorkflowConfiguration.named("Long"),
                        ConnectorVersions.NONE,
                        analyzed.handles());
        Layout.addDiagram(model);
        assertThat(Bpmn.convertToString(model)).isNotEmpty();
    }
}
