package ai.fastn.camunda.flow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A member of a JSON object that has another value.
 *
 * @param field path of the member: {@code retry.maxAttempts}
 * @param from null where the member is absent
 * @param to null where the member is absent
 */
public record FieldDiff(
        String field, @Nullable Object from, @Nullable Object to) {

    /** The differing members of two JSON objects, at any depth. */
    public static List<FieldDiff> between(Map<?, ?> from, Map<?, ?> to) {
        List<FieldDiff> found = new ArrayList<>();
        collect("", from, to, found);
        return found;
    }

    private static void collect(String path, Map<?, ?> from, Map<?, ?> to, List<FieldDiff> found) {
        Set<Object> names = new LinkedHashSet<>(from.keySet());
        names.addAll(to.keySet());
        for (Object name : names) {
            Object old = from.get(name);
            Object now = to.get(name);
            boolean objects = (old == null || old instanceof Map) && (now == null || now instanceof Map);
            if (Objects.equals(old, now)) {
                continue;
            }
            if (objects) {
                collect(path + name + ".", map(old), map(now), found);
            } else {
                found.add(new FieldDiff(path + name, old, now));
            }
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
