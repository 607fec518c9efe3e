package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A system that workflows can call, and its actions.
 *
 * @param slug {@code hubspot-crm}
 * @param description what it is, in sentences; may be empty
 * @param baseUrl what the paths of its HTTP actions continue; empty when it has none
 * @param docs where its vendor describes it
 * @param verified whether the definition was tried against the live system
 * @param headers sent with every action
 * @param limits how many calls its service takes from one connection
 */
public record ConnectorDefinition(
        String slug,
        String title,
        String description,
        Optional<URI> baseUrl,
        Optional<URI> docs,
        boolean verified,
        ConnectorAuth auth,
        Map<String, String> headers,
        CallLimits limits,
        List<ConnectorAction> actions) {

    /** A definition without limits. */
    public ConnectorDefinition(
            String slug,
            String title,
            String description,
            Optional<URI> baseUrl,
            Optional<URI> docs,
            boolean verified,
            ConnectorAuth auth,
            Map<String, String> headers,
            List<ConnectorAction> actions) {
        this(slug, title, description, baseUrl, docs, verified, auth, headers, CallLimits.NONE, actions);
    }

    public ConnectorDefinition {
        headers = Map.copyOf(headers);
        actions = List.copyOf(actions);
    }

    /** The name in code: {@code hubspotCrm}. */
    public String accessor() {
        String[] words = slug.split("-", -1);
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    Optional<ConnectorAction> action(String name) {
        return actions.stream().filter(action -> action.name().equals(name)).findFirst();
    }

    boolean isNamed(String accessorOrSlug) {
        return slug.equals(accessorOrSlug) || accessor().equals(accessorOrSlug);
    }

    ConnectorEntry entry() {
        List<ActionEntry> entries = actions.stream()
                .map(action -> new ActionEntry(action.name(), action.title(), action.kind()))
                .toList();
        return new ConnectorEntry(slug, accessor(), title, entries);
    }
}
