package ai.fastn.camunda.effect.connector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a connection of a connector must say beside its secrets.
 *
 * @param baseUrl when the address of the service depends on the connection
 * @param settings title of each setting by name; they are not secret
 * @param needed those settings without which a connection is none
 * @param verify READ action without input that shows whether a connection works
 */
public record ConnectionForm(
        Optional<UrlTemplate> baseUrl, Map<String, String> settings, Set<String> needed, Optional<String> verify) {

    /** Nothing. */
    public static final ConnectionForm NONE = of(Map.of(), Set.of());

    public ConnectionForm {
        settings = Map.copyOf(settings);
        needed = Set.copyOf(needed);
    }

    /** Of a connector that is code. */
    public static ConnectionForm of(Map<String, String> settings, Set<String> needed) {
        return new ConnectionForm(Optional.empty(), settings, needed, Optional.empty());
    }

    /** The same with settings that need no title. */
    ConnectionForm with(Set<String> names) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        names.forEach(name -> more.putIfAbsent(name, name));
        return new ConnectionForm(baseUrl, more, needed, verify);
    }

    static ConnectionForm read(DefinitionNode node, Optional<UrlTemplate> baseUrl, Set<String> actions) {
        if (!node.isPresent()) {
            return new ConnectionForm(baseUrl, Map.of(), Set.of(), Optional.empty());
        }
        node.withOnly("settings", "verify");
        Map<String, String> settings = new LinkedHashMap<>();
        node.field("settings").fields().forEach((name, title) -> settings.put(name, title.text()));
        DefinitionNode verify = node.field("verify");
        verify.optionalText().filter(name -> !actions.contains(name)).ifPresent(name -> {
            throw verify.wrong("is \"" + name + "\", which is not an action of this connector");
        });
        return new ConnectionForm(baseUrl, settings, Set.of(), verify.optionalText());
    }
}
