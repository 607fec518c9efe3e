package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.workflow.Environment;
import java.time.Instant;
import java.util.Optional;

/** What can be seen of a stored secret; its value can not. */
public record SecretEntry(
        String name, Optional<Environment> environment, long version, Instant updatedAt, String updatedBy) {}
