package ai.fastn.camunda.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.ExecutionTimeout;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration written as JSON and read again. */
class ConfigurationJsonTest {

    @ParameterizedTest
    @MethodSource("limits")
    void aConfigurationIsReadAsItWasWritten(Concurrency concurrency) {
        WorkflowConfiguration configuration = new WorkflowConfiguration(
                "Deal check",
                "Checks a deal.",
                Tier.LONG,
                ExecutionTimeout.of(Tier.LONG, Duration.ofSeconds(61)),
                new RetryPolicy(4, Duration.ofMillis(250), 1.5, Duration.ofSeconds(30)),
                concurrency,
                new ConnectorVersions(Map.of("demo-shop", 3)),
                false);

        assertThat(ConfigurationJson.read(ConfigurationJson.write(configuration)))
                .isEqualTo(configuration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"version\": 0}", "{\"version\": -1}", "{}", "null"})
    void aPinnedConnectorHasAVersionFromOne(String pin) {
        ConfigurationJson json = read("{\"name\": \"x\", \"connectors\": {\"demo-shop\": " + pin + "}}");

        assertThatThrownBy(json::toConfiguration)
                .isInstanceOf(FastnException.class)
                .hasMessageMatching("configuration: connectors: version (0|-1|null) of \"demo-shop\" is no version:"
                        + " a number from 1 is expected");
    }

    private static ConfigurationJson read(String json) {
        try {
            return new ObjectMapper().readValue(json, ConfigurationJson.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Concurrency> limits() {
        return Stream.of(
                Concurrency.UNLIMITED,
                new Concurrency(5, null, null),
                new Concurrency(null, "input.customer.id", 1),
                new Concurrency(5, "input.0.id", 2));
    }

    @Test
    void aConfigurationFromBeforeThereWereLimitsHasNone() {
        assertThat(ConfigurationJson.read("{\"name\": \"Deal check\", \"tier\": \"standard\"}")
                        .concurrency())
                .isEqualTo(Concurrency.UNLIMITED);
        assertThat(ConfigurationJson.read("{\"name\": \"Deal check\", \"concurrency\": {}}")
                        .concurrency())
                .isEqualTo(Concurrency.UNLIMITED);
    }

    @ParameterizedTest
    @CsvSource({
        "standard, 0, , , runs 0 lies outside 1 to 999999",
        "long, , input.id, -1, runs per key -1 lies outside 1 to 999999",
        "standard, , input.id, , there is a key but no number of runs per key",
        "instant, 5, , , runs of tier Instant are not counted"
    })
    void limitsThatCanNotBeAreRefused(
            String tier, @Nullable Integer runs, @Nullable String key, @Nullable Integer runsPerKey, String words) {
        ConfigurationJson.Limits limits = new ConfigurationJson.Limits(runs, key, runsPerKey);
        ConfigurationJson json = new ConfigurationJson("A", null, tier, null, null, null, limits, null);

        assertThatThrownBy(json::toConfiguration)
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageStartingWith("configuration: concurrency: ")
                .hasMessageContaining(words);
    }
}
