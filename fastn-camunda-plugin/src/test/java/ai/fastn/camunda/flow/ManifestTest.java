package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.flow.Manifest.Other;
import ai.fastn.camunda.flow.Manifest.Stale;
import ai.fastn.camunda.flow.WorkflowDocs.Use;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Row D8: what a workflow touches, out of what the compiler found, and what it no longer touches. */
class ManifestTest {

    private static final WorkflowCompiler COMPILER = new WorkflowCompiler();

    @AfterAll
    static void close() {
        COMPILER.close();
    }

    @Test
    void aliasesAndHelpersAreFollowed() {
        Manifest manifest = Manifest.read(compiled("""
                const { connector: { hubspotCrm: crm }, secrets: { ref }, db } = fastn;
                const table = 'sync_log';
                async function note(id) {
                  await db.query('INSERT INTO sync_log (id) VALUES ($1)', [id]);
                  await fastn.state.set(`seen:${id}`, true);
                }
                export default async function (ctx) {
                  const deal = await crm.getDeal({ dealId: ctx.input.id });
                  if (deal.lost) {
                    await fetch(`https://user@API.example.com/${deal.id}?x`, { method: 'POST' });
                    await fetch(`https://api.${ctx.input.region}.example.com/`);
                    return await fastn.flow.invoke('lost-deal', deal);
                  }
                  await note(deal.id);
                  const key = ref('mailer-key');
                  await fastn.connector.mailer.sendMail({ to: await fastn.secrets.get('boss'), key });
                  await fastn.waitFor('approved', { key: deal.id });
                  await fastn.state.get(ctx.input.key);
                }"""), "draft");

        assertThat(manifest.connectors().stream().map(each -> each.name() + kinds(each.actions())))
                .containsExactly("hubspotCrm[getDeal[READ]]", "mailer[sendMail[WRITE]]");
        assertThat(kinds(manifest.tables())).containsExactly("sync_log[WRITE]");
        assertThat(kinds(manifest.stateKeys())).containsExactly("seen:…[WRITE]");
        assertThat(kinds(manifest.secrets())).containsExactlyInAnyOrder("mailer-key[READ]", "boss[READ]");
        assertThat(kinds(manifest.hosts())).containsExactly("api.example.com[WRITE]", "api.…[READ]");
        assertThat(manifest.workflows().stream().map(Use::name)).containsExactly("lost-deal");
        assertThat(manifest.events().stream().map(Use::name)).containsExactly("approved");
        assertThat(kinds(manifest.dynamic())).containsExactly("state.get[READ]");
        assertThat(manifest.connectors().get(0).actions().get(0).steps()).containsExactly("read_hubspotCrm_getDeal");
        assertThat(manifest.stale()).isEmpty();
    }

    @Test
    void aHandleIsNoStepAndOnlyNamedInTheManifest() {
        String bpmn = compiled("""
                export default async function () {
                  const key = fastn.secrets.ref('mailer-key');
                  await fastn.connector.mailer.sendMail({ key });
                }""");

        assertThat(Manifest.read(bpmn, "1").secrets())
                .containsExactly(new Use("mailer-key", List.of(StepKind.READ), List.of()));
        assertThat(WorkflowDocs.read(bpmn, List.of()).secrets()).containsExactly("mailer-key");
        assertThat(FlowGraph.read(bpmn).nodes().stream().filter(node -> node.kind() == StepKind.READ))
                .isEmpty();
    }

    @Test
    void whatWasRemovedIsStaleWithTheVersionThatUsedItLast() {
        String first = compiled("""
                export default async function (ctx) {
                  await fastn.connector.gamma.createGeneration({ title: 'a' });
                  await fastn.connector.hubspotCrm.getDeal({ dealId: 1 });
                  await fastn.secrets.get('old-token');
                }""");
        String second = compiled("""
                export default async function (ctx) {
                  await fastn.connector.hubspotCrm.getDeal({ dealId: 1 });
                  await fastn.connector.hubspotCrm.updateDeal({ dealId: 1 });
                  await fastn.state.get('cursor');
                }""");
        String now = compiled("""
                export default async function (ctx) {
                  await fastn.connector.hubspotCrm.getDeal({ dealId: 1 });
                }""");

        Manifest manifest = Manifest.read(now, "draft")
                .comparedWith(List.of(new Other(2, second, false), new Other(1, first, true)), List.of("my-warehouse"));

        assertThat(manifest.stale())
                .containsExactly(
                        new Stale("action", "hubspotCrm.updateDeal", 2, false),
                        new Stale("stateKey", "cursor", 2, false),
                        new Stale("connector", "gamma", 1, true),
                        new Stale("action", "gamma.createGeneration", 1, true),
                        new Stale("secret", "old-token", 1, true),
                        new Stale("pin", "my-warehouse", null, false));
    }

    @Test
    void callsOfConnectorsThatTheSourceDoesNotNameAreDynamic() {
        Manifest manifest = Manifest.read(compiled("""
                export default async function (ctx) {
                  await fastn.connector[ctx.input.which].getDeal({});
                  await fastn.connector.gamma[ctx.input.action]({});
                }"""), "1");

        assertThat(manifest.dynamic().stream().map(Use::name)).containsExactlyInAnyOrder("connector.*", "gamma.*");
    }

    private static List<String> kinds(List<Use> uses) {
        return uses.stream().map(use -> use.name() + use.kinds()).toList();
    }

    private static String compiled(String code) {
        Compilation compilation = COMPILER.compile(new CompilerInput(
                new SourceText("workflow.js", code),
                WorkflowSlug.of("touches"),
                1,
                WorkflowConfiguration.named("Touches"),
                Catalogs.TEST));
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).bpmn();
    }
}
