package ai.fastn.camunda.compiler.slice;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements stay together from where work in the background begins to where it surely is over. */
class BundlesTest {

    private static final String GO = "const go = async () => { await fastn.state.get('k'); ctx.log = 1; };\n";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            f(1); f(2);                                                     | 0 0
            const p = go(); await p; f(1);                                  | 2 0 0
            f(1); const p = go(); f(2); await p; f(3);                      | 0 3 0 0 0
            go(); f(1); f(2);                                               | 3 0 0
            f(1); go();                                                     | 0 1
            if (ctx.a) { go(); } f(1);                                      | 2 0
            const p = go(); const q = go(); await p; f(1); await q; f(2);   | 5 4 0 0 0 0
            const p = go(); const q = go(); await q; f(1); await p; f(2);   | 5 2 0 0 0 0
            const p = go(), q = go(); await p; await q; f(1);               | 3 0 0 0
            const p = go(), q = go(); await q; await p; f(1);               | 3 0 0 0
            const p = go(); await p; const q = go(); await q;               | 2 0 2 0
            const p = go(); f(1); await p; go(); f(2);                      | 3 0 0 2 0
            """)
    void statements_stay_together(String statements, String lengths) {
        AnalyzedScript source = Sliced.body(GO + statements);
        List<Statement> list = ((Statement.BlockStatement) source.main().body()).body();
        Parents parents = new Parents(source.script().program());
        Bundles bundles = new Bundles(source, parents, new Background(source, parents));
        bundles.find(source.main());
        assertThat(IntStream.range(1, list.size()).map(from -> bundles.length(list, from)))
                .containsExactly(numbers(lengths));
    }

    private static Integer[] numbers(String text) {
        return List.of(text.split(" ")).stream().map(Integer::valueOf).toArray(Integer[]::new);
    }
}
