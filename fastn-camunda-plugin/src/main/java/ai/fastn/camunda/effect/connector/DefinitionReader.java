package ai.fastn.camunda.effect.connector;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a definition of a parsed file, and refuses everything it does not know. */
final class DefinitionReader {

    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private DefinitionReader() {}

    static ConnectorDefinition read(DefinitionNode root) {
        root.withOnly(
                "slug",
                "title",
                "description",
                "baseUrl",
                "docs",
                "verified",
                "auth",
                "headers",
                "limits",
                "timeout",
                "schemas",
                "connection",
                "actions");
        CallTimeout timeout = CallTimeout.read(root.field("timeout"), CallTimeout.USUAL);
        List<ConnectorAction> actions = root.field("actions").fields().entrySet().stream()
                .map(entry -> ActionReader.read(entry.getKey(), entry.getValue(), timeout))
                .toList();
        if (actions.isEmpty()) {
            throw root.field("actions").wrong("is missing or empty");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        root.field("headers")
                .fields()
                .forEach((name, value) -> headers.put(HeaderNames.require(name, value), value.text()));
        Optional<UrlTemplate> template = template(root.field("baseUrl"));
        return new ConnectorDefinition(
                matching(root.field("slug"), SLUG, "lower-case words joined by hyphens, such as hubspot-crm"),
                root.field("title").text(),
                root.field("description").optionalText().orElse(""),
                template.isPresent() ? Optional.empty() : Optional.of(baseUrl(root.field("baseUrl"))),
                docs(root.field("docs")),
                root.field("verified").flag(),
                AuthReader.read(root.field("auth")),
                headers,
                LimitsReader.read(root.field("limits")),
                DefinitionSchemas.read(root.field("schemas"), root.field("actions")),
                ConnectionForm.read(root.field("connection"), template, names(actions)),
                actions);
    }

    /** The address, where it has placeholders. */
    private static Optional<UrlTemplate> template(DefinitionNode node) {
        return node.node().asText().contains("{") ? Optional.of(UrlTemplate.read(node)) : Optional.empty();
    }

    private static Set<String> names(List<ConnectorAction> actions) {
        return actions.stream().map(ConnectorAction::name).collect(Collectors.toSet());
    }

    static URI baseUrl(DefinitionNode node) {
        URI url = uri(node);
        if (!Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw node.wrong("is not the address of a service: http(s)://host[:port][/path]");
        }
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    private static Optional<URI> docs(DefinitionNode node) {
        if (!node.isPresent()) {
            return Optional.empty();
        }
        URI docs = uri(node);
        if (!Set.of("http", "https").contains(String.valueOf(docs.getScheme()))) {
            throw node.wrong("is not an address that starts with http(s)://");
        }
        return Optional.of(docs);
    }

    private static URI uri(DefinitionNode node) {
        try {
            return new URI(node.text());
        } catch (URISyntaxException e) {
            throw node.wrong("is not a URL: " + e.getReason());
        }
    }

    private static String matching(DefinitionNode node, Pattern form, String description) {
        if (!form.matcher(node.text()).matches()) {
            throw node.wrong("is \"" + node.text() + "\"; it must be " + description);
        }
        return node.text();
    }
}
