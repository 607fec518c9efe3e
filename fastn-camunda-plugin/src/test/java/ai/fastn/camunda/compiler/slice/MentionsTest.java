package ai.fastn.camunda.compiler.slice;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All that an id could be made of is counted, with its place, whether or not it becomes a step. */
class MentionsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            let a = 1, b = 2;                                  | process a 2:5-2:10; process b 2:12-2:17
            const a = 1;                                       | process a 2:1-2:13
            let a;                                             |
            const a = await fastn.state.get("k");              | read state.get 2:17-2:37
            let a; a = 1;                                      | process a 2:8-2:14
            let a; a = await fastn.state.get("k");             | read state.get 2:18-2:38
            ctx.a = 1;                                         | process ctx.a = 1; 2:1-2:11
            Math.max(1, 2);                                    | process Math.max(1, 2); 2:1-2:16
            await fastn.state.set("k", 1);                     | write state.set 2:7-2:30
            if (ctx.a) Math.max(1);                            | decision Ctx a? 2:5-2:10; process Math.max(1); 2:12-2:24
            ctx.a ? Math.max(1) : Math.max(2);                 | process ctx.a ? Math.max(1) : Math.max(2); 2:1-2:35; decision Ctx a? 2:1-2:6
            while (ctx.a) Math.max(1);                         | decision Ctx a? 2:8-2:13; process Math.max(1); 2:15-2:27
            while (true) break;                                | loop 2:1-2:20
            do Math.max(1); while (ctx.a);                     | decision Ctx a? 2:24-2:29; process Math.max(1); 2:4-2:16
            for (;;) break;                                    | loop 2:1-2:16
            for (; ctx.a;) break;                              | decision Ctx a? 2:8-2:13
            for (const x of ctx.input) Math.max(x);            | decision Another x? 2:1-2:40; process Math.max(x); 2:28-2:40
            for (ctx.x in ctx.input) break;                    | decision More? 2:1-2:32
            switch (ctx.a) { }                                 | decision Ctx a? 2:9-2:14
            throw new Error("too late");                       | fail: too late 2:1-2:29
            return ctx.a;                                      | result  ctx.a; 2:1-2:14
            return await fastn.state.get("k");                 | read state.get 2:14-2:34
            try { Math.max(1); } catch (e) { }                 | try Math.max 2:5-2:21; process Math.max(1); 2:7-2:19; catch e 2:29-2:30
            try { Math.max(1); } catch { } finally { }         | try Math.max 2:5-2:21; try Math.max 2:1-2:43; process Math.max(1); 2:7-2:19
            try { Math.max(1); } finally { }                   | try Math.max 2:1-2:33; process Math.max(1); 2:7-2:19
            """)
    void mentions_of_a_body(String statements, String mentions) {
        AnalyzedScript source = Sliced.body(statements);
        List<String> found = Mentions.of(source, new Deeds(source)).stream()
                .map(mention -> mention.meaning() + " " + mention.place())
                .toList();
        assertThat(String.join("; ", found)).isEqualTo(mentions == null ? "" : mentions);
    }
}
