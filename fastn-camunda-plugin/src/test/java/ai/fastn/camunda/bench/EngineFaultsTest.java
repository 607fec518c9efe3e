package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.bench.Fixture;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs that GraalJS 25.0 runs wrongly as a plain function, so that it can not be the reference: the process gives
 * what the language says.
 */
class EngineFaultsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the plain function gives NaN
                "const o = { l: [0, 1] }; o.l[1] += await p.read(5); return o.l;|[0,6]",
                // the plain function reads the method after its arguments
                "const o = { f: x => 'old' }; const swap = async () => { o.f = x => 'new'; return await p.read(1) };"
                        + " return o.f(await swap());|\"old\"",
                // the plain function makes the call although nothing is there to be called
                "const o = { g: null, l: [1, 2] }; return [o.g?.(await p.read(3)), (await p.read(o))?.l?.[await p.read(1)]]"
                        + "|[null,2]",
                // the plain function runs the try block again
                "try { await p.fail('m') } catch ({ message, hint = await p.read('h') }) { return [message, hint] }"
                        + "|[\"m\",\"h\"]"
            })
    void theProcessDoesWhatTheLanguageSays(String body, String result) {
        String source = "const p = fastn.connector.probe; export default async function (ctx) { " + body + " }";
        CompilerInput input = new CompilerInput(
                new SourceText("program.js", source),
                WorkflowSlug.of("program"),
                1,
                WorkflowConfiguration.named("Program"),
                Catalogs.TEST);
        try (Subjects subjects = new Subjects();
                Bench bench = new Bench(Catalogs.TEST)) {
            Subject subject = subjects.compile(
                            new Subjects.Workflow(body, input, List.of(new Fixture.Case("", "null", "{}")), false))
                    .get(0);
            for (Mode mode : List.of(Mode.LIVE, Mode.FRAME, Mode.PATH)) {
                Bench.Finished finished = bench.run(subject, mode, CrashPlan.none());
                assertThat(finished.resultJson()).as(mode.name()).isEqualTo(result);
            }
        }
    }
}
