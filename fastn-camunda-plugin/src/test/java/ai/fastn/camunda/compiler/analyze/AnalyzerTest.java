package ai.fastn.camunda.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.StoredScripts;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the golden steps and the golden diagnostics do not show of the analysis. */
class AnalyzerTest {

    private final Analyzer analyzer = new Analyzer();

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "eval('1'); await fastn.connector.nobody.read(1);",
                "await fastn.connector.nobody.read(1); eval('1');"
            })
    void mistakes_come_in_the_order_of_the_text(String statements) {
        Script script = StoredScripts.javaScript("export default async function (ctx) { " + statements + " }");
        assertThat(analyzer.mistakes(script, Catalogs.TEST))
                .extracting(mistake -> mistake.span().start())
                .hasSize(2)
                .isSorted();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            const x = 1;       | a script without default export passed the parser
            export default 1;  | a default export that is no function passed the parser
            """)
    void what_the_parser_should_have_refused_is_our_mistake(String text, String said) {
        Script script = StoredScripts.javaScript(text);
        assertThatThrownBy(() -> analyzer.analyze(script, Catalogs.TEST))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("bug: " + said);
    }

    @Test
    void a_parameter_is_a_part_of_the_client_when_each_call_gives_it() {
        assertThat(effectOf("await load(fastn.connector.probe); await load(fastn.connector.probe);"))
                .isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "await load(fastn.connector.probe); ctx.later = load;",
                "await load(fastn.connector.probe); await [ctx.other].map(load)[0];",
                "await load(fastn.connector.probe); await load(ctx.other);"
            })
    void a_parameter_may_be_anything_when_others_may_call_the_function(String statements) {
        assertThat(effectOf(statements)).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"managed, find, true", "managed, look, false", "custom, look, true", "custom, find, false"})
    void code_is_held_to_the_definition_whose_owner_it_names(String owner, String action, boolean exists) {
        EffectCatalog catalog = new EffectCatalog(Map.of("crm", crm("look")), Map.of("crm", crm("find")));
        Script script = StoredScripts.javaScript("const fastn = new Fastn({ connectors: { crm: { orgId: '" + owner
                + "' } } });\nexport default async function () { await fastn.connector.crm." + action + "({}); }");

        assertThat(analyzer.mistakes(script, catalog).isEmpty()).isEqualTo(exists);
    }

    private static ConnectorEntry crm(String action) {
        return new ConnectorEntry(
                "crm",
                "crm",
                "CRM",
                List.of(new ActionEntry(action, action, StepKind.READ, Optional.empty(), List.of())),
                OptionalInt.empty());
    }

    /** The effect that the function performs on its parameter. */
    private Optional<EffectUse> effectOf(String statements) {
        Script script = StoredScripts.javaScript("export default async function (ctx) {\n"
                + "const load = async (probe) => await probe.read(1);\n" + statements + " }");
        AnalyzedScript analyzed = analyzer.analyze(script, Catalogs.TEST);
        CallExpression[] found = {null};
        script.program().walk(node -> {
            if (node instanceof CallExpression call && script.text(call).equals("probe.read(1)")) {
                found[0] = call;
            }
            return true;
        });
        return analyzed.effects().of(found[0]);
    }
}
