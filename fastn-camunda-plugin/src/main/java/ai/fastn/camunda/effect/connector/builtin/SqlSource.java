package ai.fastn.camunda.effect.connector.builtin;

import org.jspecify.annotations.Nullable;

/**
 * A database that workflows may use.
 *
 * @param url of JDBC; its driver is on the class path of the application
 * @param connections at the same time, 5 when absent
 */
public record SqlSource(
        String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable Integer connections) {

    @Override
    public String toString() {
        return "data source";
    }
}
