package ai.fastn.camunda.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowConfigurationTest {

    @ParameterizedTest
    @CsvSource({
        "HubSpot Discovery: Deal → Gamma Deck,hubspot-discovery-deal-gamma-deck",
        "Ärger mit Café,arger-mit-cafe",
        "  Spaces   and___more  ,spaces-and-more"
    })
    void aSlugIsMadeFromTheLettersAndDigitsOfAName(String name, String slug) {
        assertThat(WorkflowSlug.fromName(name).value()).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource({"2026 report,workflow-2026-report", "***,workflow"})
    void aSlugStartsWithALetterWhateverTheName(String name, String slug) {
        assertThat(WorkflowSlug.fromName(name).value()).isEqualTo(slug);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "a--b", "a-", "-a", "a_b", "a b"})
    void otherFormsAreNoSlugs(String text) {
        assertThatThrownBy(() -> WorkflowSlug.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slug \"" + text + "\"");
    }

    @Test
    void theWaitsOfARetryPolicyGrowByTheCoefficientUpToTheLimit() {
        RetryPolicy policy = new RetryPolicy(6, Duration.ofSeconds(5), 2, Duration.ofSeconds(60));

        assertThat(policy.waits()).extracting(Duration::toSeconds).containsExactly(5L, 10L, 20L, 40L, 60L);
        assertThat(RetryPolicy.OFF.waits()).isEmpty();
    }

    @Test
    void aTimeoutOutsideTheTiersRangeIsRefusedWithTheRange() {
        assertThatThrownBy(() -> ExecutionTimeout.of(Tier.INSTANT, Duration.ofMinutes(3)))
                .hasMessage(
                        "execution timeout of 180000 ms lies outside the range of tier Instant: 1000 ms to 120000 ms");
    }

    @Test
    void aLimitIsANumberFromOneAndAKeyIsAPathIntoTheInput() {
        assertThat(new Concurrency(1, "input.0.customer.id", 999_999).isLimited())
                .isTrue();
        assertThat(new Concurrency(null, null, null).isLimited()).isFalse();
        assertThatThrownBy(() -> new Concurrency(0, null, null))
                .hasMessage("concurrency: runs 0 lies outside 1 to 999999");
        assertThatThrownBy(() -> new Concurrency(null, "input.id", 1_000_000))
                .hasMessage("concurrency: runs per key 1000000 lies outside 1 to 999999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "input", "input.", "customer.id", "input..id", "input.a b", "input.a\u0001", "Input.id"})
    void otherTextsAreNoKeys(String key) {
        assertThatThrownBy(() -> new Concurrency(1, key, 1))
                .hasMessage("concurrency: key \"" + key + "\" is no path into the input such as input.customer.id");
    }

    @Test
    void aKeyAndItsNumberComeTogether() {
        assertThatThrownBy(() -> new Concurrency(5, "input.id", null))
                .hasMessage("concurrency: there is a key but no number of runs per key");
        assertThatThrownBy(() -> new Concurrency(5, null, 1))
                .hasMessage("concurrency: there is a number of runs per key but no key");
    }

    @Test
    void runsOfTierInstantHaveNoLimit() {
        assertThatThrownBy(() -> new WorkflowConfiguration(
                        "A",
                        "",
                        Tier.INSTANT,
                        ExecutionTimeout.defaultOf(Tier.INSTANT),
                        RetryPolicy.OFF,
                        new Concurrency(5, null, null),
                        ConnectorVersions.NONE,
                        true))
                .hasMessage("concurrency: runs of tier Instant are not counted, because their callers wait:"
                        + " limits are for tiers Standard and Long");
    }

    @Test
    void aWorkflowNeedsAName() {
        assertThatThrownBy(() -> WorkflowConfiguration.named(" ")).hasMessage("Name is required.");
    }

    @Test
    void theWordsOfTriggersAreTheOnesOfTheExecutionLog() {
        assertThat(TriggerKind.AGENT_SERVICE.word()).isEqualTo("agent-service");
        assertThat(TriggerKind.ofWord("app-event")).isEqualTo(TriggerKind.APP_EVENT);
    }
}
