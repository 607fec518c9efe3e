package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ExecutionTimeout;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a workflow as JSON: the form of {@code workflow.json}, of the REST API and of the deployment
 * resource. Absent members take the defaults of the tier.
 */
public record ConfigurationJson(
        @Nullable String name,
        @Nullable String description,
        @Nullable String tier,
        @Nullable Long timeoutMs,
        @Nullable Boolean enabled,
        @Nullable Retry retry,
        @Nullable Limits concurrency) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Retry policy; absent = off. */
    public record Retry(
            @Nullable Integer maxAttempts,
            @Nullable Long initialIntervalMs,
            @Nullable Double backoffCoefficient,
            @Nullable Long maxIntervalMs) {

        RetryPolicy policy() {
            RetryPolicy usual = RetryPolicy.DEFAULT;
            return new RetryPolicy(
                    maxAttempts == null ? usual.maxAttempts() : maxAttempts,
                    initialIntervalMs == null ? usual.initialInterval() : Duration.ofMillis(initialIntervalMs),
                    backoffCoefficient == null ? usual.backoffCoefficient() : backoffCoefficient,
                    maxIntervalMs == null ? usual.maxInterval() : Duration.ofMillis(maxIntervalMs));
        }
    }

    /** Concurrency limits; absent = none. */
    public record Limits(
            @Nullable Integer runs,
            @Nullable String key,
            @Nullable Integer runsPerKey) {

        Concurrency concurrency() {
            return new Concurrency(runs, key, runsPerKey);
        }

        static @Nullable Limits of(Concurrency concurrency) {
            return concurrency.isLimited()
                    ? new Limits(concurrency.runs(), concurrency.key(), concurrency.runsPerKey())
                    : null;
        }
    }

    public static ConfigurationJson of(WorkflowConfiguration configuration) {
        RetryPolicy policy = configuration.retryPolicy();
        return new ConfigurationJson(
                configuration.name(),
                configuration.description(),
                configuration.tier().name().toLowerCase(Locale.ROOT),
                configuration.timeout().duration().toMillis(),
                configuration.enabled(),
                new Retry(
                        policy.maxAttempts(),
                        policy.initialInterval().toMillis(),
                        policy.backoffCoefficient(),
                        policy.maxInterval().toMillis()),
                Limits.of(configuration.concurrency()));
    }

    /** Reads what {@link #write} wrote. */
    static WorkflowConfiguration read(String json) {
        try {
            return JSON.readValue(json, ConfigurationJson.class).toConfiguration();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: stored configuration can not be read", e);
        }
    }

    static String write(WorkflowConfiguration configuration) {
        try {
            return JSON.writeValueAsString(of(configuration));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: configuration can not be written", e);
        }
    }

    /**
     * The configuration these members describe.
     *
     * @throws FastnException CONFIGURATION when a member lies outside its range
     */
    public WorkflowConfiguration toConfiguration() {
        try {
            Tier chosen = tier == null ? Tier.STANDARD : tierOf(tier);
            return new WorkflowConfiguration(
                    name == null ? "" : name,
                    description == null ? "" : description,
                    chosen,
                    timeoutMs == null
                            ? ExecutionTimeout.defaultOf(chosen)
                            : ExecutionTimeout.of(chosen, Duration.ofMillis(timeoutMs)),
                    retry == null ? RetryPolicy.OFF : retry.policy(),
                    concurrency == null ? Concurrency.UNLIMITED : concurrency.concurrency(),
                    enabled == null || enabled);
        } catch (IllegalArgumentException e) {
            throw new FastnException(ErrorCode.CONFIGURATION, "configuration: " + e.getMessage(), e);
        }
    }

    private static Tier tierOf(String word) {
        try {
            return Tier.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tier \"" + word + "\" is none of instant, standard, long", e);
        }
    }
}
