package ai.fastn.camunda.access;

import ai.fastn.camunda.workflow.TenantId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an access key after its creation; the key itself is not.
 *
 * @param expiresAt null: never
 * @param revokedAt null: not revoked
 */
public record AccessKey(
        String id,
        String name,
        Set<TenantId> tenants,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public AccessKey {
        tenants = Set.copyOf(tenants);
    }

    boolean isValidAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
