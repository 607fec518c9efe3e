package ai.fastn.camunda.effect.db;

import java.time.Duration;

/**
 * What one statement may take, how many connections there are, and how much a tenant may have.
 *
 * @param rows rows of a result
 * @param bytes of a result as JSON
 * @param statementTimeout for one statement
 * @param connectionsPerTenant at the same time
 * @param connections of all tenants together on this node, those at work and those that are kept
 * @param idle after this time without use a tenant's pool is closed
 * @param tables of one tenant
 * @param size of one tenant's tables with their indexes, in bytes
 */
public record DbLimits(
        int rows,
        int bytes,
        Duration statementTimeout,
        int connectionsPerTenant,
        int connections,
        Duration idle,
        int tables,
        long size) {}
