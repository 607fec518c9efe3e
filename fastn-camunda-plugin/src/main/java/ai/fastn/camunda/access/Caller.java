package ai.fastn.camunda.access;

import ai.fastn.camunda.workflow.TenantId;
import java.util.Optional;

/**
 * Who asks, and for which tenant.
 *
 * @param who a Camunda user, or the name of the access key
 * @param keyId the access key, when one was used
 */
public record Caller(String who, TenantId tenant, Optional<String> keyId) {}
