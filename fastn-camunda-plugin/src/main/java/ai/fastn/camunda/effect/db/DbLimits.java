package ai.fastn.camunda.effect.db;

import java.time.Duration;

/**
 * What one statement may take, and how many connections there are.
 *
 * @param rows rows of a result
 * @param bytes of a result as JSON
 * @param statementTimeout for one statement
 * @param connectionsPerTenant at the same time
 * @param connections of all tenants together on this node
 * @param idle after this time without use a tenant's pool is closed
 */
public record DbLimits(
        int rows, int bytes, Duration statementTimeout, int connectionsPerTenant, int connections, Duration idle) {

    public static final DbLimits DEFAULT =
            new DbLimits(10_000, 10 * 1024 * 1024, Duration.ofSeconds(30), 4, 40, Duration.ofMinutes(10));
}
