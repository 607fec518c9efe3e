package ai.fastn.camunda.effect.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.effect.Scenario;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.RunMode;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MockDocumentsTest {

    private static final EffectCatalog CATALOG = new EffectCatalog(Map.of(
            "demoCrm",
            new ConnectorEntry(
                    "demo-crm",
                    "demoCrm",
                    "Demo CRM",
                    List.of(new ActionEntry("getDeal", "Get deal", StepKind.READ, Optional.empty(), List.of())),
                    OptionalInt.empty())));

    private final MockDocuments documents =
            new MockDocuments(List.of(new Performing("connector"), new Performing("state")), tenant -> CATALOG);

    @Test
    void everythingThatIsAllowedIsAccepted() {
        RunMocks mocks = checked("""
                {"others": "live", "rules": [
                  {"call": "connector.demoCrm.getDeal", "arguments": {"dealId": "7"}, "nth": 2,
                   "answers": [{"output": {"a": 1}, "status": 201, "delayMs": 5}]},
                  {"call": "connector.demoCrm.getDeal", "answers": [
                    {"error": {"name": "E", "message": "m", "status": 503}}, {"scenario": "not found"}, {"bytes": "YQ=="}]},
                  {"call": "db.query", "answers": [{"output": [{"at": {"$date": "2026-01-01"}}], "rowCount": 4}]},
                  {"call": "fetch.POST", "answers": [{"output": {"status": 404, "headers": {"a": "b"}, "text": "no"}}]},
                  {"call": "flow.invoke", "answers": [{"output": null}]}]}""");

        assertThat(mocks.mode()).isEqualTo(RunMode.PARTIAL_MOCK);
        assertThat(Mocks.of(mocks).rules()).hasSize(5);
        assertThat(checked("{}").mode()).isEqualTo(RunMode.MOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connector.demoCrm.getDeal",
                "connector.demo-crm.getDeal",
                "connector[\\\"demo-crm\\\"].getDeal",
                "connector['demoCrm'].getDeal",
                "connectors.demoCrm.getDeal"
            })
    void oneActionHasManyNames(String call) {
        RunMocks mocks = checked("{\"rules\": [{\"call\": \"" + call + "\", \"answers\": [{\"output\": 1}]}]}");

        assertThat(Mocks.of(mocks).rules().get(0).call()).isEqualTo("connector.demoCrm.getDeal");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | /mocks is not a JSON object",
                "{\"rule\": []} | /mocks/rule is not known; known here: others, rules",
                "{\"others\": \"maybe\"} | /mocks/others is none of refuse, sample, live",
                "{\"rules\": {}} | /mocks/rules is not a list",
                "{\"rules\": [{}]} | /mocks/rules/0/call is missing: a string is expected",
            })
    void aMistakeIsSaidWithItsPlace(String document, String message) {
        assertThatThrownBy(() -> checked(document))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MOCKS))
                .hasMessage("mocks: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mail.send | /call is \"mail.send\", which is no call: take one that exists: db.query, envConfig.get, fetch,"
                        + " flow.invoke, flow.invokeAsync, secrets.get, state.delete, state.get, ...",
                "state.gett | /call is \"state.gett\", which is no call: did you mean \"state.get\"?",
                "fastn.db.query | /call is \"fastn.db.query\", which is no call: did you mean \"db.query\"?",
                "sleep | /call is \"sleep\", which is no call: waits are not mocked",
                "connector.demo | /call is \"connector.demo\", which is no call: connector.<slug>.<action> is expected",
                "connector.demoCrn.getDeal | /call is about connector \"demoCrn\", which does not exist: did you mean \"demoCrm\"?",
                "connector.demoCrm.getDeel | /call is about action \"getDeel\", which connector \"demoCrm\" does not have:"
                        + " did you mean \"getDeal\"?",
            })
    void aCallThatNobodyMakesIsRefused(String call, String message) {
        refused("{\"call\": \"" + call + "\", \"answers\": [{\"output\": 1}]}", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"answers\": [] | /answers is empty: at least one answer is expected",
                "\"nth\": 0, \"answers\": [{\"output\": 1}] | /nth is not a whole number from 1 to 2147483647",
                "\"nth\": 1, \"answers\": [{\"output\": 1}, {\"output\": 2}] | /answers has 2 entries, and one call gets one: leave nth out",
                "\"arguments\": 1, \"answers\": [{\"output\": 1}] | /arguments is not a JSON object",
                "\"answers\": [{}] | /answers/0 says nothing: one of output, error, scenario is expected",
                "\"answers\": [{\"output\": 1, \"error\": {\"message\": \"m\"}}] | /answers/0 has output and error: one of output,"
                        + " error, scenario is expected",
                "\"answers\": [{\"error\": {}}] | /answers/0/error/message is missing: a string is expected",
                "\"answers\": [{\"output\": 1, \"status\": 200}] | /answers/0/status is not known; known here: delayMs, error,"
                        + " output, scenario",
                "\"answers\": [{\"output\": 1, \"delayMs\": -1}] | /answers/0/delayMs is not a whole number from 0 to 86400000",
                "\"answers\": [{\"scenario\": \"gone\"}] | /answers/0/scenario is no scenario; state.get has none",
                "\"answers\": [{\"scenario\": \"timeout\"}] | /answers/0/scenario is \"timeout\", which does not happen to state.get;"
                        + " write an error instead",
            })
    void aRuleThatMakesNoSenseIsRefused(String members, String message) {
        refused("{\"call\": \"state.get\", " + members + "}", message);
    }

    @Test
    void anUnknownScenarioListsThoseThereAre() {
        refused(
                "{\"call\": \"connector.demoCrm.getDeal\", \"answers\": [{\"scenario\": \"gone\"}]}",
                "/answers/0/scenario is no scenario; there are not found, rate limited, unauthorized, server error, timeout");
    }

    @Test
    void tooMuchIsRefused() {
        String answers =
                "{\"call\": \"state.get\", \"answers\": [" + "{\"output\":1},".repeat(10_000) + "{\"output\":1}]}";
        String rules = "{\"call\": \"state.get\", \"answers\": [{\"output\":1}]},".repeat(2_001);

        refused(answers, "/answers has 10001 entries: at most 10000 are expected");
        assertThatThrownBy(() -> checked("{\"rules\": [" + rules.substring(0, rules.length() - 1) + "]}"))
                .hasMessage("mocks: /mocks/rules has 2001 entries: at most 2000 are expected");
        assertThatThrownBy(() -> checked("{\"a\": \"" + "x".repeat(MockDocuments.LONGEST) + "\"}"))
                .hasMessageContaining("at most 4194304 are expected");
    }

    private RunMocks checked(String json) {
        return documents.checked(TenantId.DEFAULT, json);
    }

    private void refused(String rule, String message) {
        assertThatThrownBy(() -> checked("{\"rules\": [" + rule + "]}")).hasMessage("mocks: /mocks/rules/0" + message);
    }

    /** Knows scenarios when it is about connectors. */
    private record Performing(String family) implements Effect {

        @Override
        public StepKind kind(EffectRequest request) {
            return StepKind.READ;
        }

        @Override
        public Optional<EffectOutcome> imitated(
                EffectRequest request, Scenario scenario, TenantId tenant, ConnectorVersions versions) {
            return family.equals("connector")
                    ? Optional.of(new EffectOutcome.Failed("E", "m", Map.of()))
                    : Optional.empty();
        }

        @Override
        public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
            throw new AssertionError("nothing is performed");
        }
    }
}
