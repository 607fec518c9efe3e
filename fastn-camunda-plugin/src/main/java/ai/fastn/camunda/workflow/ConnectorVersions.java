package ai.fastn.camunda.workflow;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which versions of connectors a workflow uses; a connector that is not among them is used as it is at the moment.
 *
 * @param bySlug version of the tenant's own definition, from 1; {@link #MANAGED}: the operator's
 */
public record ConnectorVersions(Map<String, Integer> bySlug) {

    public static final ConnectorVersions NONE = new ConnectorVersions(Map.of());

    /** In the place of a version: the definition that the operator installed, which has none. */
    public static final int MANAGED = 0;

    /** In the order of the slugs: the same versions look the same. */
    public ConnectorVersions {
        bySlug = Collections.unmodifiableMap(new TreeMap<>(bySlug));
        bySlug.forEach(ConnectorVersions::check);
    }

    public OptionalInt of(String slug) {
        Integer version = bySlug.get(slug);
        return version == null ? OptionalInt.empty() : OptionalInt.of(version);
    }

    public boolean isEmpty() {
        return bySlug.isEmpty();
    }

    private static void check(String slug, int version) {
        if (version < MANAGED) {
            throw new IllegalArgumentException(
                    "connectors: version " + version + " of \"" + slug + "\" is no number from 1");
        }
    }
}
