package ai.fastn.camunda.effect.setting;

import ai.fastn.camunda.workflow.Environment;
import java.time.Instant;
import java.util.Optional;

/**
 * A value that workflows read by its key.
 *
 * @param environment empty: for every environment that has none of its own
 * @param valueJson any JSON value
 * @param updatedBy user or access key
 */
public record Setting(
        String key, Optional<Environment> environment, String valueJson, Instant updatedAt, String updatedBy) {}
