package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.runtime.TestEngine.Commit;
import ai.fastn.camunda.workflow.StepKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What leaves a run does so without the secrets it has read, wherever the run was committed in between. */
@TestInstance(Lifecycle.PER_CLASS)
class SecretsReadTest {

    private final StepRunner runner = TestEngine.runner(List.of(new Store()), new MemoryJournal(), TestEngine.LIMITS);

    @AfterAll
    void close() {
        runner.close();
    }

    @ParameterizedTest
    @EnumSource(Commit.class)
    void theResultHasNoSecretWhereverTheRunWasCommitted(Commit commit) {
        TestWorkflow workflow = TestWorkflow.with("token", "text")
                .step("read", "token = await fastn.secrets.get('TOKEN');")
                .step("use", "text = 'Bearer ' + token;")
                .step("done", "return {text, [token]: [1, token.length, null, true, 2.50]};");

        String result = new TestEngine(runner, workflow, "{}", commit).finish();

        assertThat(result).isEqualTo("{\"text\":\"Bearer «secret:TOKEN»\",\"«secret:TOKEN»\":[1,14,null,true,2.5]}");
    }

    @ParameterizedTest
    @EnumSource(Commit.class)
    void anErrorHasNoSecretWhereverTheRunWasCommitted(Commit commit) {
        TestWorkflow workflow = TestWorkflow.with("token")
                .step("read", "token = await fastn.secrets.get('TOKEN');")
                .step(
                        "fail",
                        "if ($ctx.execution.attempt === 1) throw Object.assign(new Error(token), {list: [{token}]});")
                .step("done", "return 1;");
        TestEngine engine = new TestEngine(runner, workflow, "{}", commit);

        engine.finish();

        GuestFailure failure = engine.failures.get(0);
        assertThat(failure.message()).isEqualTo("«secret:TOKEN»");
        assertThat(failure.fields().toString()).isEqualTo("{list=[{token=«secret:TOKEN»}]}");
        assertThat(failure.summary()).contains("«secret:TOKEN»");
    }

    @Test
    void aResultWithASecretFailsTheRunWhereTheInstallationSaysSo() {
        StepRunner strict = TestEngine.runner(
                List.of(new Store()), new MemoryJournal(), TestEngine.LIMITS.giving(SecretsOutput.REFUSE));
        TestWorkflow open = TestWorkflow.with("token")
                .step("read", "token = await fastn.secrets.get('TOKEN');")
                .step("done", "return {length: token.length};");
        TestWorkflow leaking = TestWorkflow.with("token")
                .step("read", "token = await fastn.secrets.get('TOKEN');")
                .step("done", "return ['Bearer ' + token];");

        assertThat(new TestEngine(strict, open, "{}", Commit.EVERY_NODE_FROM_A_BASE).finish())
                .isEqualTo("{\"length\":14}");
        assertThatThrownBy(() -> new TestEngine(strict, leaking, "{}", Commit.EVERY_NODE_FROM_A_BASE).finish())
                .hasMessage("the result of the workflow carries a secret, and fastn.secrets.output is refuse");
        strict.close();
    }

    @Test
    void whatARunTellsOthersHasNoSecret() {
        List<String> told = new ArrayList<>();
        StepRunner telling = new StepRunner(
                List.of(new Store(), new TestWorld()),
                new MemoryJournal(),
                new XorCipher(),
                new Listener(told),
                Clock.systemUTC(),
                TestEngine.LIMITS);
        TestWorkflow workflow = TestWorkflow.with("token")
                .step("read", "console.log('before'); token = await fastn.secrets.get('TOKEN'); console.log({token});")
                .step("use", "console.warn('used', token); await fastn.connector.world.read({ token });")
                .step("done", "return 1;");

        new TestEngine(telling, workflow, "{}", Commit.EVERY_NODE_FROM_A_BASE).finish();

        assertThat(told.toString()).doesNotContain("s3cr3t").contains("«secret:TOKEN»", "used", "before");
        telling.close();
    }

    /** Notes everything it is told. */
    private record Listener(List<String> told) implements RunEvents {

        @Override
        public void console(RunScope scope, String elementId, List<ConsoleLine> lines) {
            told.add(lines.toString());
        }

        @Override
        public void effect(
                RunScope scope,
                String elementId,
                int ordinal,
                EffectRequest request,
                EffectOutcome outcome,
                Duration took) {
            told.add(request + " " + outcome);
        }
    }

    @Test
    void numbersThatAreSecretBecomeTextAndOthersKeepTheirSpelling() {
        SecretsRead secrets = new SecretsRead();
        secrets.heard(
                new EffectRequest("secrets.get", "{\"name\":\"pin\"}"),
                new EffectOutcome.Succeeded("{\"pin\":987654}"));

        assertThat(secrets.withoutSecretsInJson("[987654, 1.50, 1e5, -0, {\"a\": []}]"))
                .isEqualTo("[\"«secret:pin»\",1.50,1e5,-0,{\"a\":[]}]");
    }

    @Test
    void withoutASecretNothingIsRewritten() {
        SecretsRead secrets = new SecretsRead();
        secrets.heard(new EffectRequest("state.get", "{}"), new EffectOutcome.Succeeded("\"canary-canary\""));

        assertThat(secrets.withoutSecretsInJson("[ \"canary-canary\" ]")).isEqualTo("[ \"canary-canary\" ]");
    }

    /** A secret store. */
    private record Store() implements Effect {

        @Override
        public String family() {
            return "secrets";
        }

        @Override
        public StepKind kind(EffectRequest request) {
            return StepKind.READ;
        }

        @Override
        public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
            return new EffectOutcome.Succeeded("\"s3cr3t/canary!\"");
        }
    }
}
