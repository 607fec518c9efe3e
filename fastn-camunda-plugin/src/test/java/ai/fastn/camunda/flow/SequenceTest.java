package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.flow.Sequence.Step;
import ai.fastn.camunda.flow.Sequence.Way;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Sequence view: numbers, nesting, loops, regions, timeout. */
class SequenceTest {

    static List<Path> fixtures() {
        return BpmnText.fixtures();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void aFixtureHasItsGoldenFlowAndSequence(Path directory) {
        FlowGraph flow = FlowGraph.read(BpmnText.read(directory.resolve("workflow.bpmn")));
        BpmnText.assertGolden(directory.resolve("flow.txt"), flow.text());
        BpmnText.assertGolden(
                directory.resolve("sequence.txt"), Sequence.of(flow).text());
        assertThatEveryNodeStandsOnce(flow);
    }

    @Test
    void aBranchIsNestedAndWhatFollowsBothIsNot() {
        assertThat(sequence("""
                <startEvent id='s'/><task id='a'/><exclusiveGateway id='d'/><task id='b'/><task id='c'/><endEvent id='e'/>
                """, "s>d d>a:yes d>b:no a>c b>c c>e")).isEqualTo("""
                1 TRIGGER s "s"
                2 DECISION d "d"
                  2.1 "yes"
                    2.1.1 PROCESS a "a"
                  2.2 "no"
                    2.2.1 PROCESS b "b"
                3 PROCESS c "c"
                4 DONE e "e" (end)
                """);
    }

    @Test
    void theFirstStepThatBothBranchesComeToIsWhereTheyMeet() {
        assertThat(sequence("""
                <startEvent id='s'/><exclusiveGateway id='d'/><task id='a'/><exclusiveGateway id='d2'/><endEvent id='x'/>
                <endEvent id='e'/>""", "s>d d>d2:yes d>a:no a>d2 d2>x:yes d2>e:no")).isEqualTo("""
                1 TRIGGER s "s"
                2 DECISION d "d"
                  2.1 "yes"
                  2.2 "no"
                    2.2.1 PROCESS a "a"
                3 DECISION d2 "d2"
                  3.1 "yes"
                    3.1.1 DONE x "x" (end)
                  3.2 "no"
                4 DONE e "e" (end)
                """);
    }

    @Test
    void aSkippedBranchHasNoSteps() {
        assertThat(sequence("<startEvent id='s'/><exclusiveGateway id='d'/><task id='a'/><endEvent id='e'/>", """
                s>d d>a:yes d>e:no a>e"""))
                .isEqualTo("""
                1 TRIGGER s "s"
                2 DECISION d "d"
                  2.1 "yes"
                    2.1.1 PROCESS a "a"
                  2.2 "no"
                3 DONE e "e" (end)
                """);
    }

    @Test
    void afterAnEarlyEndTheLongerWayStaysInLine() {
        assertThat(sequence("""
                <startEvent id='s'/><exclusiveGateway id='d'/><endEvent id='skipped'/><task id='a'/><endEvent id='e'/>
                """, "s>d d>skipped:yes d>a:no a>e")).isEqualTo("""
                1 TRIGGER s "s"
                2 DECISION d "d"
                  2.1 "yes"
                    2.1.1 DONE skipped "skipped" (end)
                  2.2 "no"
                3 PROCESS a "a"
                4 DONE e "e" (end)
                """);
    }

    @Test
    void aLoopRepeatsFromItsDecision() {
        assertThat(sequence("""
                <startEvent id='s'/><exclusiveGateway id='d'/><task id='a'/><task id='b'/><endEvent id='e'/>
                """, "s>d d>a:yes a>b b>d d>e:no")).isEqualTo("""
                1 TRIGGER s "s"
                2 DECISION d "d"
                  2.1 "yes"
                    2.1.1 PROCESS a "a"
                    2.1.2 PROCESS b "b" repeat from 2
                  2.2 "no"
                3 DONE e "e" (end)
                """);
    }

    @Test
    void aLoopThatAsksAtItsEndRepeatsFromItsFirstStep() {
        assertThat(sequence("""
                <startEvent id='s'/><task id='a'/><exclusiveGateway id='d'/><endEvent id='e'/>
                """, "s>a a>d d>a:yes d>e:no")).isEqualTo("""
                1 TRIGGER s "s"
                2 PROCESS a "a"
                3 DECISION d "d"
                  3.1 "yes" repeat from 2
                  3.2 "no"
                4 DONE e "e" (end)
                """);
    }

    @Test
    void aRegionHoldsItsStepsAndWhatIsDoneOnAnError() {
        assertThat(sequence("""
                <startEvent id='s'/><subProcess id='t' name='Try'><startEvent id='ts'/><task id='a'/><endEvent id='te'/>
                <sequenceFlow id='1' sourceRef='ts' targetRef='a'/><sequenceFlow id='2' sourceRef='a' targetRef='te'/>
                </subProcess><boundaryEvent id='x' name='On error' attachedToRef='t'><errorEventDefinition/></boundaryEvent>
                <task id='h'/><task id='c'/><endEvent id='e'/>
                """, "s>t t>c x>h h>c c>e")).isEqualTo("""
                1 TRIGGER s "s"
                2 REGION t "Try"
                  2.1 PROCESS a "a"
                  2.2 "On error" (error)
                    2.2.1 PROCESS h "h"
                3 PROCESS c "c"
                4 DONE e "e" (end)
                """);
    }

    @Test
    void waysOfAParallelGatewayAreTakenAtOnce() {
        assertThat(sequence("""
                <startEvent id='s'/><parallelGateway id='p1'/><task id='a'/><task id='b'/><parallelGateway id='p2'/>
                <endEvent id='e'/>
                """, "s>p1 p1>a p1>b a>p2 b>p2 p2>e")).isEqualTo("""
                1 TRIGGER s "s"
                  1.1 "in parallel"
                    1.1.1 PROCESS a "a"
                  1.2 "in parallel"
                    1.2.1 PROCESS b "b"
                2 DONE e "e" (end)
                """);
    }

    /** Forks, merges and ways back at random: whatever the shape, nothing is lost and nothing stands twice. */
    @Test
    void everyNodeOfAnyGraphStandsOnce() {
        for (int seed = 0; seed < 300; seed++) {
            assertThatEveryNodeStandsOnce(FlowGraph.read(random(new Random(seed), 3 + seed % 20)));
        }
    }

    @Test
    void twoThousandNodesTakeLessThanTwoSeconds() {
        FlowGraph flow = FlowGraph.read(random(new Random(1), 2000));
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        Sequence.of(flow);
        assertThat(Duration.ofNanos(thread.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    private static String random(Random random, int size) {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < size; i++) {
            content.append((i % 3 == 0 ? "<exclusiveGateway id='n%d'/>" : "<task id='n%d'/>").formatted(i));
        }
        for (int i = 0; i < size * 3 / 2; i++) {
            int from = random.nextInt(size);
            int to = random.nextInt(4) == 0 ? random.nextInt(size) : Math.min(size - 1, from + 1 + random.nextInt(5));
            content.append("<sequenceFlow id='f%d' sourceRef='n%d' targetRef='n%d'/>".formatted(i, from, to));
        }
        return BpmnText.process(content.toString());
    }

    private static void assertThatEveryNodeStandsOnce(FlowGraph flow) {
        List<String> listed = all(Sequence.of(flow)).toList();
        List<String> nodes = flow.nodes().stream().map(FlowGraph.Node::id).toList();
        assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(nodes);
    }

    private static Stream<String> all(Sequence sequence) {
        return Stream.concat(
                sequence.steps().stream().flatMap(SequenceTest::all),
                sequence.ways().stream().flatMap(SequenceTest::all));
    }

    private static Stream<String> all(Step step) {
        Stream<String> own = step.kind() == null ? Stream.empty() : Stream.of(step.id());
        return Stream.of(
                        own,
                        step.steps().stream().flatMap(SequenceTest::all),
                        step.ways().stream().flatMap(SequenceTest::all))
                .flatMap(ids -> ids);
    }

    private static Stream<String> all(Way way) {
        return way.steps().stream().flatMap(SequenceTest::all);
    }

    private static String sequence(String nodes, String flows) {
        return Sequence.of(FlowGraph.read(BpmnText.process(nodes + BpmnText.flows(flows))))
                .text();
    }
}
