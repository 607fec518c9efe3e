package ai.fastn.camunda.effect.connector;

import java.time.Instant;

/** That a version of a tenant's own definition exists, without its content. */
public record ConnectorVersion(int version, Instant createdAt, String createdBy) {}
