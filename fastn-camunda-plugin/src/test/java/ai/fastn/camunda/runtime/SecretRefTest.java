package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.runtime.TestEngine.Commit;
import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code fastn.secrets.ref} as the sandbox sees it: a handle that leaves it only as a place in a connector's input. */
@TestInstance(Lifecycle.PER_CLASS)
class SecretRefTest {

    private final Service service = new Service();
    private final StepRunner runner = TestEngine.runner(List.of(service), new MemoryJournal(), TestEngine.LIMITS);

    @AfterAll
    void close() {
        runner.close();
    }

    @ParameterizedTest
    @EnumSource(Commit.class)
    void aHandleIsAPlaceInTheInputWhereverTheRunWasCommitted(Commit commit) {
        TestWorkflow workflow = TestWorkflow.with("ref", "held")
                .step(
                        "make",
                        "ref = fastn.secrets.ref('TOKEN'); held = { list: [1, ref], map: new Map([['a', ref]]) };")
                .step(
                        "call",
                        "await fastn.connector.crm.send({ 'a/b~': { deep: held.list }, again: ref, forged:"
                                + " { $secretRef: 'OTHER' }, text: `${ref}` });")
                .step("done", "return [ref, String(ref), held.map.get('a') === ref, Object.keys(ref), typeof ref];");
        service.requests.clear();

        String result = new TestEngine(runner, workflow, "{}", commit).finish();

        assertThat(result).isEqualTo("[\"«secret:TOKEN»\",\"«secret:TOKEN»\",true,[],\"object\"]");
        assertThat(service.requests)
                .containsOnly(
                        "{\"orgId\":null,\"connection\":null,\"input\":{\"a/b~\":{\"deep\":[1,\"«secret:TOKEN»\"]},"
                                + "\"again\":\"«secret:TOKEN»\",\"forged\":{\"$secretRef\":\"OTHER\"},\"text\":\"«secret:TOKEN»\"},"
                                + "\"refs\":[[\"/a~1b~0/deep/1\",\"TOKEN\"],[\"/again\",\"TOKEN\"]]}");
    }

    @ParameterizedTest
    @EnumSource(Commit.class)
    void nothingElseIsAHandle(Commit commit) {
        TestWorkflow workflow = TestWorkflow.with("ref", "errors")
                .step("make", "ref = fastn.secrets.ref('TOKEN'); errors = [];")
                .step(
                        "forge",
                        "const twin = Object.create(Object.getPrototypeOf(ref)); await fastn.connector.crm.send({"
                                + " twin: Object.assign({}, ref), json: JSON.parse(JSON.stringify(ref)), spread: { ...ref } });"
                                + " for (const act of [() => { ref.name = 1 }, () => { Object.getPrototypeOf(ref).toJSON ="
                                + " null }, () => fastn.secrets.ref(''), () => fastn.secrets.ref({})])"
                                + " { try { act(); errors.push(null) } catch (e) { errors.push(e.name) } }"
                                + " errors.push(String(JSON.stringify(twin)));")
                .step("done", "return errors;");
        service.requests.clear();

        String result = new TestEngine(runner, workflow, "{}", commit).finish();

        assertThat(result)
                .isEqualTo("[\"TypeError\",\"TypeError\",\"TypeError\",\"TypeError\",\"\\\"«secret:undefined»\\\"\"]");
        assertThat(service.requests)
                .containsOnly("{\"orgId\":null,\"connection\":null,\"input\":{\"twin\":{},\"json\":\"«secret:TOKEN»\","
                        + "\"spread\":{}}}");
    }

    /** A connector that keeps what it is called with. */
    private static final class Service implements Effect {

        private final List<String> requests = new CopyOnWriteArrayList<>();

        @Override
        public String family() {
            return "connector";
        }

        @Override
        public StepKind kind(EffectRequest request) {
            return StepKind.WRITE;
        }

        @Override
        public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
            requests.add(request.arguments());
            return new EffectOutcome.Succeeded("{\"output\":{},\"status\":200,\"durationMs\":0}");
        }
    }
}
