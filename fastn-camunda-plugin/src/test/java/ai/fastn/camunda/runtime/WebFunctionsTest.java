package ai.fastn.camunda.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The functions of the web platform in the sandbox: each expression gives what Node 20 gives (see record.mjs). */
class WebFunctionsTest {

    @Test
    void eachExpressionGivesWhatNodeGives() throws IOException {
        List<String> expressions = lines("expressions.txt");
        List<String> node = lines("node.txt");
        assertThat(node).as("record.mjs was run again").hasSameSizeAs(expressions);
        TestWorkflow workflow = TestWorkflow.with().step("all", code(expressions));
        try (StepRunner runner = TestEngine.runner(List.of(), new MemoryJournal(), TestEngine.LIMITS)) {
            String result = new TestEngine(runner, workflow, "{}", TestEngine.Commit.AT_THE_END).finish();

            List<String> answers = new ArrayList<>();
            Json.read(result).forEach(answer -> answers.add(answer.asText()));
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < expressions.size(); i++) {
                if (!node.get(i).equals(answers.get(i))) {
                    wrong.add(expressions.get(i) + "\n  Node:    " + node.get(i) + "\n  sandbox: " + answers.get(i));
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    private static String code(List<String> expressions) {
        StringBuilder code = new StringBuilder("const out = [];");
        for (String expression : expressions) {
            code.append("try { out.push(JSON.stringify(await (")
                    .append(expression)
                    .append(")) ?? 'undefined'); } catch (e) { out.push(`! ${e?.name ?? e}`); }");
        }
        return code.append(" return out;").toString();
    }

    @Test
    void consoleWritesWhatItIsToldUnderItsLevel() {
        List<String> lines = console("""
                console.log('%s is %d years, %i, %f, %j, %o%%%c.', 'Ada', '36', 1.9, '1.5x', {a: 1}, [1], 'color: red', 'more');
                console.info('no %s'); console.debug(-0, 1n, null, undefined, new Map([[1, 2]]));
                console.group('outer'); console.warn('a\\nb'); console.group(); console.error('deep'); console.groupEnd(); console.groupEnd();
                console.count(); console.count(); console.countReset(); console.count('x');
                console.assert(true, 'no'); console.assert(false, '%s', 'yes'); console.assert(false);
                console.trace('here'); console.time('t'); console.timeEnd('t'); console.timeEnd('t');
                """.replace("\n", " ").replace("\\\\n", "\\n"));

        assertThat(lines.subList(0, lines.size() - 1))
                .containsExactly(
                        "log Ada is 36 years, 1, 1.5, {\"a\":1}, [1]%. more",
                        "info no %s",
                        "debug 0 1n null undefined Map [[1,2]]",
                        "log outer",
                        "warn   a\n  b",
                        "error     deep",
                        "log default: 1",
                        "log default: 2",
                        "log x: 1",
                        "error Assertion failed: yes",
                        "error Assertion failed",
                        "debug Trace: here");
        assertThat(lines.get(lines.size() - 1)).matches("log t: [0-9.]+(ms|s)");
    }

    @Test
    void aRunWritesSoMuchAndThenSaysThatItStops() {
        List<String> lines = console("for (let i = 0; i < 1100; i++) console.log('x'.repeat(1000));");

        assertThat(lines).hasSize(1_001).last().isEqualTo("warn console output above 1000000 characters is dropped");
    }

    private static List<String> console(String code) {
        List<String> lines = new ArrayList<>();
        RunEvents events = new RunEvents() {
            @Override
            public void console(RunScope scope, String elementId, List<ConsoleLine> written) {
                written.forEach(line -> lines.add(line.level() + " " + line.text()));
            }

            @Override
            public void effect(
                    RunScope scope,
                    String elementId,
                    int ordinal,
                    EffectRequest request,
                    EffectOutcome outcome,
                    Duration took) {
                throw new AssertionError("nothing is called");
            }
        };
        try (StepRunner runner = new StepRunner(
                List.of(), new MemoryJournal(), new XorCipher(), events, Clock.systemUTC(), TestEngine.LIMITS)) {
            LiveRun run = runner.open(
                    TestEngine.scope("{}"),
                    TestWorkflow.with().step("all", code).program(),
                    Optional.empty());
            assertThat(run.run("all", 1, Instant.now().plusSeconds(60))).isInstanceOf(StepOutcome.Completed.class);
            run.discard();
        }
        return lines;
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream stream = WebFunctionsTest.class.getResourceAsStream("/web/" + file)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        }
    }
}
