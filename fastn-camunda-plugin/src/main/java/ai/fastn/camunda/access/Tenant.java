package ai.fastn.camunda.access;

import ai.fastn.camunda.workflow.TenantId;

/** A tenant with the name people see. */
public record Tenant(TenantId id, String name) {}
