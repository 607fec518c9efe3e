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
 * @param verify READ action without input that shows whether a connection works
 */
public record ConnectionForm(Optional<UrlTemplate> baseUrl, Map<String, String> settings, Optional<String> verify) {

    /** Nothing. */
    public static final ConnectionForm NONE = new ConnectionForm(Optional.empty(), Map.of(), Optional.empty());

    public ConnectionForm {
        settings = Map.copyOf(settings);
    }

    static ConnectionForm read(DefinitionNode node, Optional<UrlTemplate> baseUrl, Set<String> actions) {
        if (!node.isPresent()) {
            return new ConnectionForm(baseUrl, Map.of(), Optional.empty());
        }
        node.withOnly("settings", "verify");
        Map<String, String> settings = new LinkedHashMap<>();
        node.field("settings").fields().forEach((name, title) -> settings.put(name, title.text()));
        DefinitionNode verify = node.field("verify");
        verify.optionalText().filter(name -> !actions.contains(name)).ifPresent(name -> {
            throw verify.wrong("is \"" + name + "\", which is not an action of this connector");
        });
        return new ConnectionForm(baseUrl, settings, verify.optionalText());
    }
}
