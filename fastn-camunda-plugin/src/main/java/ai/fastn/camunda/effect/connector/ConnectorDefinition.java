package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A system that workflows can call, and its actions.
 *
 * @param slug {@code hubspot-crm}
 * @param description what it is, in sentences; may be empty
 * @param baseUrl what the paths of its HTTP actions continue; empty when it has none, or when a connection completes it
 * @param docs where its vendor describes it
 * @param verified whether the definition was tried against the live system
 * @param headers sent with every action
 * @param limits how many calls its service takes from one connection
 * @param schemas JSON Schemas that those of the actions refer to as {@code #/$defs/<name>}
 * @param connection what a connection must say beside its secrets
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
        Map<String, JsonNode> schemas,
        ConnectionForm connection,
        List<ConnectorAction> actions) {

    public ConnectorDefinition {
        headers = Map.copyOf(headers);
        schemas = Collections.unmodifiableMap(new LinkedHashMap<>(schemas));
        actions = List.copyOf(actions);
    }

    /** A connector whose actions are performed by code in this JVM. */
    public static ConnectorDefinition ofCode(
            String slug,
            String title,
            String description,
            ConnectorAuth auth,
            ConnectionForm connection,
            List<ConnectorAction> actions) {
        return new ConnectorDefinition(
                slug,
                title,
                description,
                Optional.empty(),
                Optional.empty(),
                true,
                auth,
                Map.of(),
                CallLimits.NONE,
                Map.of(),
                connection,
                actions);
    }

    /**
     * The same for one connection, whose settings complete the address.
     *
     * @throws FastnException CONNECTION_INCOMPLETE
     */
    ConnectorDefinition completed(Map<String, String> settings) {
        return connection
                .baseUrl()
                .map(url -> with(Optional.of(url.filled(settings)), auth, connection))
                .orElse(this);
    }

    /**
     * The same as the connection with these settings says it; another one only where each connection chooses.
     *
     * @throws FastnException REQUEST_FIELD for settings that say nothing that can be called
     */
    public ConnectorDefinition saidBy(Map<String, String> settings) {
        if (!(auth instanceof ConnectorAuth.PerConnection)) {
            return this;
        }
        ChosenAuth chosen = ChosenAuth.read(slug, settings);
        return with(Optional.of(chosen.baseUrl()), chosen.auth(), connection.with(settings.keySet()));
    }

    private ConnectorDefinition with(Optional<URI> url, ConnectorAuth who, ConnectionForm form) {
        return new ConnectorDefinition(
                slug, title, description, url, docs, verified, who, headers, limits, schemas, form, actions);
    }

    /**
     * Whether the settings of a connection say freely where its secrets go, so that whoever changes them has to know
     * the secrets.
     */
    public boolean goesWhereSettingsSay() {
        return auth instanceof ConnectorAuth.PerConnection || auth instanceof ConnectorAuth.Fields;
    }

    /** Whether a connection has something to say that is not secret. */
    public boolean hasSettings() {
        return !settings().isEmpty();
    }

    /** Names of the settings that a connection may have. */
    public Set<String> settings() {
        Set<String> names = new TreeSet<>(connection.settings().keySet());
        addresses().forEach(address -> names.addAll(address.names()));
        return names;
    }

    /** The addresses that depend on the settings of a connection. */
    public List<UrlTemplate> addresses() {
        List<UrlTemplate> addresses = new ArrayList<>();
        connection.baseUrl().ifPresent(addresses::add);
        if (auth instanceof ConnectorAuth.OAuth2 oauth) {
            addresses.addAll(oauth.terms().addresses());
        } else if (auth instanceof ConnectorAuth.CustomLogin login) {
            addresses.add(login.recipe().url());
        }
        return addresses;
    }

    /** Names of the secret fields that a person fills in for a connection. */
    public Set<String> fields() {
        Set<String> names = new TreeSet<>(auth.fields());
        names.removeAll(settings());
        return names;
    }

    /**
     * Names of the fields and settings without which a connection is none, whatever else it chooses; a client of OAuth
     * is not among them, because the OAuth app can be it.
     */
    public Set<String> needed() {
        Set<String> names = new TreeSet<>(connection.needed());
        addresses().forEach(address -> names.addAll(address.names()));
        if (!(auth instanceof ConnectorAuth.OAuth2)) {
            fields().stream().filter(auth::needs).forEach(names::add);
        }
        return names;
    }

    /** The name in code: {@code hubspotCrm}. */
    public String accessor() {
        return accessorOf(slug);
    }

    private static String accessorOf(String slug) {
        String[] words = slug.split("-", -1);
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    /** A schema of one of the actions together with those it refers to, so that it stands for itself. */
    public JsonNode whole(JsonNode schema) {
        if (schemas.isEmpty() || !schema.isObject()) {
            return schema;
        }
        ObjectNode whole = ((ObjectNode) schema).objectNode();
        whole.setAll((ObjectNode) schema);
        ObjectNode shared = whole.objectNode();
        schemas.forEach(shared::set);
        schema.path("$defs").properties().forEach(own -> shared.set(own.getKey(), own.getValue()));
        whole.set("$defs", shared);
        return whole;
    }

    Optional<ConnectorAction> action(String name) {
        return actions.stream().filter(action -> action.name().equals(name)).findFirst();
    }

    boolean isNamed(String accessorOrSlug) {
        return isNamed(slug, accessorOrSlug);
    }

    /** Whether code means the connector of a slug by this name. */
    static boolean isNamed(String slug, String accessorOrSlug) {
        return slug.equals(accessorOrSlug) || accessorOf(slug).equals(accessorOrSlug);
    }

    /** What the compiler may know, with what a published workflow holds on to. */
    ConnectorEntry entry(OptionalInt version) {
        List<ActionEntry> entries = actions.stream()
                .map(action -> new ActionEntry(
                        action.name(),
                        action.title(),
                        action.kind(),
                        ActionParameters.namesOf(action),
                        ActionParameters.requiredOf(this, action)))
                .toList();
        return new ConnectorEntry(slug, accessor(), title, entries, version);
    }
}
