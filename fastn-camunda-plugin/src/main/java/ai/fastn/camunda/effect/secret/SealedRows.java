package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.workflow.TenantId;

/**
 * Rows of the database that are sealed for tenants. When a tenant gets a new key, they are sealed with it, or the old
 * key stays until they are gone. What begins with {@link Sealing#mark} is sealed with the newest key.
 */
public interface SealedRows {

    /**
     * Seals rows again that an older key has sealed.
     *
     * @param limit rows at most
     * @return how many there were; fewer than the limit = no more are left
     */
    int sealAgain(TenantId tenant, int limit);

    /** Whether there are rows that an older key has sealed and that only time removes. */
    boolean waits(TenantId tenant);
}
