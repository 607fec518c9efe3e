package ai.fastn.camunda.effect.connector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A way to show who calls that a connection can choose, where its connector leaves that to it.
 *
 * @param type what setting {@code auth.type} is then: {@code apiKey}
 * @param fields names of its secret fields, all of them needed
 * @param settings title of each setting by name, in the order in which they are asked for
 * @param lists title by name of what has a setting for each of its members: {@code auth.json} as {@code auth.json.user}
 * @param needed those settings without which a connection is none
 * @param namesFields whether members of the lists mention more secret fields, as {@code {name}}
 * @param scopes whether a connection may ask for scopes
 */
public record AuthKind(
        String type,
        Set<String> fields,
        Map<String, String> settings,
        Map<String, String> lists,
        Set<String> needed,
        boolean namesFields,
        boolean scopes) {

    public AuthKind {
        fields = Set.copyOf(fields);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
        needed = Set.copyOf(needed);
    }
}
