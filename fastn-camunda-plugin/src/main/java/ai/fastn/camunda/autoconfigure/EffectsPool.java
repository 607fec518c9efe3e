package ai.fastn.camunda.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;

/**
 * The plugin's own connections. A step holds a connection of the engine's pool from begin to end, so effects must never
 * wait for a second one from there. Wrapped, so that the host application still sees only its own data source.
 */
record EffectsPool(HikariDataSource dataSource) implements AutoCloseable {

    @Override
    public void close() {
        dataSource.close();
    }
}
