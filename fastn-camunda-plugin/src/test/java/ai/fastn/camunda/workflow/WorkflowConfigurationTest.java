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
    void aWorkflowNeedsAName() {
        assertThatThrownBy(() -> WorkflowConfiguration.named(" ")).hasMessage("Name is required.");
    }

    @Test
    void theWordsOfTriggersAreTheOnesOfTheExecutionLog() {
        assertThat(TriggerKind.AGENT_SERVICE.word()).isEqualTo("agent-service");
        assertThat(TriggerKind.ofWord("app-event")).isEqualTo(TriggerKind.APP_EVENT);
    }
}
