package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.ExecutionTimeout;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
        @Nullable Limits concurrency,
        @Nullable Map<String, Pin> connectors) {

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

    /** Which version of a connector is used; the current one when the workflow is published, where it is not named. */
    public record Pin(@Nullable Integer version) {

        int number(String slug) {
            if (version == null || version < 1) {
                throw new IllegalArgumentException("connectors: version " + version + " of \"" + slug
                        + "\" is no version: a number from 1 is expected");
            }
            return version;
        }

        static ConnectorVersions versions(Map<String, @Nullable Pin> pins) {
            Map<String, Integer> versions = new TreeMap<>();
            pins.forEach((slug, pin) -> versions.put(slug, (pin == null ? new Pin(null) : pin).number(slug)));
            return new ConnectorVersions(versions);
        }

        static @Nullable Map<String, Pin> of(ConnectorVersions versions) {
            Map<String, Pin> pins = new TreeMap<>();
            versions.bySlug().forEach((slug, version) -> pins.put(slug, new Pin(version)));
            return pins.isEmpty() ? null : pins;
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
                Limits.of(configuration.concurrency()),
                Pin.of(configuration.connectors()));
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
                    connectors == null ? ConnectorVersions.NONE : Pin.versions(connectors),
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
