package ai.fastn.camunda.effect.connector;

import java.util.Locale;

/** Whose definition a connector is. */
public enum Origin {
    /** Installed by the operator, for every tenant. */
    MANAGED,
    /** The tenant's own. */
    CUSTOM;

    /** As {@code orgId} in {@code new Fastn(...)} says it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
