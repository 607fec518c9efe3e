package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.bench.Observed;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.host.OwnThread;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The command that judges foreign workflows tells equal, different, rejected and endless ones apart. */
class ForeignCorpusTest {

    private static final Path FOLDER = Path.of("src/test/resources/corpus");
    private static final CorpusLimits LIMITS = new CorpusLimits(Duration.ofSeconds(60), 20);
    private static final CorpusLimits SHORT = new CorpusLimits(Duration.ofSeconds(2), 20);

    @Test
    void eachFileGetsALineAndTheLastLineAddsThemUp() throws Exception {
        ObjectNode lines = Replies.JSON.createObjectNode();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ForeignCorpus(FOLDER, new CorpusLimits(Duration.ofSeconds(16), 20), 1)
                .judge(new PrintStream(out, true, StandardCharsets.UTF_8));
        out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(Replies::read)
                .forEach(line -> lines.set(line.path("file").asText("summary"), line));

        assertThat(lines.path("equal.js").path("verdict").asText()).isEqualTo("equal");
        assertThat(lines.path("equal.js").path("effects").asInt()).isEqualTo(5);
        assertThat(lines.path("equal.js").path("ownNodes").asInt()).isEqualTo(5);
        assertThat(lines.path("equal.js").path("crashes").asInt()).isEqualTo(20);
        assertThat(lines.path("equal.js").path("crashPoints").asInt()).isGreaterThan(20);
        assertThat(lines.path("nested/fused.ts").path("verdict").asText()).isEqualTo("equal");
        assertThat(lines.path("nested/fused.ts").path("effects").asInt()).isEqualTo(3);
        assertThat(lines.path("nested/fused.ts").path("ownNodes").asInt()).isEqualTo(2);
        assertThat(lines.path("nested/fused.ts").path("fusedBecause")).hasSize(1);
        assertThat(lines.path("rejected.mjs").path("verdict").asText()).isEqualTo("rejected");
        assertThat(lines.path("rejected.mjs").path("diagnostics").path(0).asText())
                .contains("FASTN-01010");
        assertThat(lines.path("endless.js").path("verdict").asText()).isEqualTo("crashed");
        assertThat(lines.path("endless.js").path("exception").asText()).startsWith("no end");
        assertThat(lines.path("summary").path("equal").asInt()).isEqualTo(2);
        assertThat(lines.path("summary").path("ownNodesPercent").asDouble()).isEqualTo(88.9);
    }

    @Test
    void aFileWhoseProcessDiesDoesNotTakeTheNextWithIt() throws Exception {
        try (WorkerProcess worker = new WorkerProcess(FOLDER, LIMITS)) {
            assertThat(worker.judge("rejected.mjs").path("verdict").asText()).isEqualTo("rejected");
            CompletableFuture<JsonNode> endless = OwnThread.call(() -> verdict(worker, "endless.js"));
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            assertThat(endless.join().path("verdict").asText()).isEqualTo("crashed");
            assertThat(endless.join().path("exception").asText()).startsWith("its process ended with");
            assertThat(worker.judge("equal.js").path("verdict").asText()).isEqualTo("equal");
        }
    }

    private static JsonNode verdict(WorkerProcess worker, String file) {
        try {
            return worker.judge(file);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aProcessThatIsNotThePlainFunctionIsDifferent() {
        try (CorpusJudge judge = new CorpusJudge(LIMITS)) {
            assertThat(wrong(judge, "return 1;", "return '1';")).isEqualTo("outcome");
            assertThat(wrong(judge, "return [o, o];", "return [o, { ...o }];")).isEqualTo("outcome");
            assertThat(wrong(judge, "throw new TypeError('a')", "throw new RangeError('a')"))
                    .isEqualTo("outcome");
            assertThat(wrong(judge, "throw new TypeError('a')", "throw new TypeError('b')"))
                    .isEqualTo("outcome");
            assertThat(wrong(judge, "await p.read(1); await p.read(2)", "await p.read(2); await p.read(1)"))
                    .isEqualTo("effects");
            assertThat(wrong(judge, "console.log(1)", "console.log(2)")).isEqualTo("console");
            assertThat(wrong(judge, "for (;;);", "return;")).isEqualTo("outcome");
        }
    }

    @Test
    void whereThePlainFunctionIsWrongAndNodeSaysSoTheProcessIsRight() {
        try (CorpusJudge judge = new CorpusJudge(LIMITS)) {
            ObjectNode right = judge.judge(CorpusJudge.program(body(
                            "o.l = [0, 1]; o.l[1] += await p.read(5); await p.fail('m').catch(() => 0); return o;")))
                    .json();
            assertThat(right.path("verdict").asText()).isEqualTo("equal");
            assertThat(right.path("engineFault").asBoolean()).isTrue();
            assertThat(right.path("difference").path("expected").asText()).contains("NaN");
            assertThat(right.path("difference").path("actual").asText()).contains("6");
        }
    }

    @Test
    void nodeRunsTheFunctionAsTheReferenceDoes() {
        Answers answers = new Answers(
                List.of(new EffectOutcome.Succeeded("{\"output\":7}"), new EffectOutcome.Failed("E", "m", Map.of())),
                List.of(1, 0));
        Subject subject = subject("""
                console.log('begin');
                const [a, b] = await Promise.allSettled([p.read(1), p.read({ n: 2 })]);
                await new Promise((done) => setTimeout(done, 5));
                throw Object.assign(new RangeError(a.value + b.reason.message), { o });""");
        assertThat(NodeFunction.run(subject, answers, Duration.ofMinutes(1)))
                .contains(PlainFunction.run(subject, answers, Duration.ofMinutes(1))
                        .observed());
    }

    private static Subject subject(String statements) {
        List<Subject> subjects = new ArrayList<>();
        try (CorpusJudge judge = new CorpusJudge(LIMITS)) {
            judge.judge(CorpusJudge.program(body(statements)), subject -> {
                subjects.add(subject);
                return subject;
            });
        }
        return subjects.get(0);
    }

    /** Judges one body compiled, with another as its plain function; the part of the verdict that differs. */
    private static String wrong(CorpusJudge judge, String compiled, String plain) {
        CorpusFile file = CorpusJudge.program(body(compiled));
        Verdict verdict = judge.judge(file, subject -> subject.javaScript(body(plain)));
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.DIFFERENT);
        return verdict.json().path("difference").path("part").asText();
    }

    private static String body(String statements) {
        return "const p = fastn.connector.probe; export default async function () { const o = {}; " + statements + " }";
    }

    @Test
    void whatNeverEndsOnBothSidesIsNotEqual() {
        try (CorpusJudge judge = new CorpusJudge(SHORT)) {
            Verdict verdict = judge.judge(CorpusJudge.program(body("for (;;);")));
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.CRASHED);
        }
    }

    @Test
    void aDifferenceShowsThePlaceWhereItBegins() {
        String same = "x".repeat(10_000);
        Difference difference = Comparison.between(
                        "live", new Observed(same + "a", "", ""), new Observed(same + "b", "", ""))
                .orElseThrow();
        assertThat(difference.shortened().expected()).hasSizeLessThan(500).endsWith("xa");
        assertThat(difference.shortened().actual()).endsWith("xb");
    }
}
