package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.workflow.StepKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a definition of a parsed file, and refuses everything it does not know. */
final class DefinitionReader {

    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern ACTION = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,4})(ms|s|m)");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE");

    /** Headers that belong to the connection, not to the author of a definition. */
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "idempotency-key",
            "proxy-authorization",
            "accept-encoding");

    private static final Set<String> RESERVED_ACTIONS =
            Set.of("constructor", "prototype", "then", "toString", "valueOf", "toJSON");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private DefinitionReader() {}

    static ConnectorDefinition read(DefinitionNode root) {
        root.withOnly("slug", "title", "baseUrl", "docs", "verified", "auth", "headers", "actions");
        List<ConnectorAction> actions = root.field("actions").fields().entrySet().stream()
                .map(entry -> action(entry.getKey(), entry.getValue()))
                .toList();
        if (actions.isEmpty()) {
            throw root.field("actions").wrong("is missing or empty");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        root.field("headers").fields().forEach((name, value) -> headers.put(header(name, value), value.text()));
        return new ConnectorDefinition(
                matching(root.field("slug"), SLUG, "lower-case words joined by hyphens, such as hubspot-crm"),
                root.field("title").text(),
                baseUrl(root.field("baseUrl")),
                docs(root.field("docs")),
                root.field("verified").flag(),
                auth(root.field("auth")),
                headers,
                actions);
    }

    private static ConnectorAction action(String name, DefinitionNode node) {
        node.withOnly(
                "title",
                "kind",
                "method",
                "path",
                "query",
                "headers",
                "body",
                "output",
                "idempotent",
                "onInDoubt",
                "timeout");
        if (!ACTION.matcher(name).matches() || RESERVED_ACTIONS.contains(name)) {
            throw node.wrong("is not a name that JavaScript code can call");
        }
        String method = method(node.field("method"));
        StepKind kind = kind(node.field("kind"), method);
        boolean harmless = kind == StepKind.READ || node.field("idempotent").flag();
        return new ConnectorAction(
                name,
                node.field("title").optionalText().orElseGet(() -> titleOf(name)),
                kind,
                method,
                path(node.field("path")),
                query(node.field("query")),
                headers(node.field("headers")),
                body(node.field("body"), method),
                node.field("output").choice(ConnectorAction.Output.class, ConnectorAction.Output.AS_SENT),
                node.field("idempotent").flag(),
                node.field("onInDoubt").choice(InDoubt.class, harmless ? InDoubt.RETRY : InDoubt.FAIL),
                timeout(node.field("timeout")));
    }

    private static StepKind kind(DefinitionNode node, String method) {
        String reading = Set.of("GET", "HEAD").contains(method) ? "READ" : "WRITE";
        return switch (node.optionalText().orElse(reading)) {
            case "READ" -> StepKind.READ;
            case "WRITE" -> StepKind.WRITE;
            default -> throw node.wrong("is \"" + node.text() + "\"; allowed are READ, WRITE");
        };
    }

    private static String method(DefinitionNode node) {
        if (!METHODS.contains(node.text())) {
            throw node.wrong("is \"" + node.text() + "\"; allowed are DELETE, GET, HEAD, PATCH, POST, PUT");
        }
        return node.text();
    }

    private static String path(DefinitionNode node) {
        String path = node.text();
        String constant = ConnectorAction.PATH_MEMBER.matcher(path).replaceAll("");
        if (!path.startsWith("/") || !constant.matches("[A-Za-z0-9/._~!$&'()*+,;=:@%-]*")) {
            throw node.wrong("is \"" + path + "\"; it starts with \"/\" and holds URL characters and {name} only");
        }
        if (List.of(path.split("/", -1)).contains("..")) {
            throw node.wrong("is \"" + path + "\"; it may not go up by \"..\"");
        }
        return path;
    }

    private static Map<String, Template> query(DefinitionNode node) {
        if (!node.node().isArray()) {
            return templates(node);
        }
        Map<String, Template> query = new LinkedHashMap<>();
        node.texts().forEach(name -> query.put(name, new Template.Member(name)));
        return query;
    }

    private static Map<String, Template> headers(DefinitionNode node) {
        node.fields().forEach(DefinitionReader::header);
        return templates(node);
    }

    private static Map<String, Template> templates(DefinitionNode node) {
        Map<String, Template> templates = new LinkedHashMap<>();
        node.fields().forEach((name, value) -> templates.put(name, Template.of(value.text())));
        return templates;
    }

    private static ActionBody body(DefinitionNode node, String method) {
        if (!node.isPresent()) {
            return WITHOUT_BODY.contains(method) ? new ActionBody.None() : new ActionBody.Rest();
        }
        if (node.isText("none")) {
            return new ActionBody.None();
        }
        if (method.equals("GET") || method.equals("HEAD")) {
            throw node.wrong("is given for " + method + ", which has no body");
        }
        if (node.isText("rest")) {
            return new ActionBody.Rest();
        }
        if (node.node().isArray()) {
            return new ActionBody.Members(node.texts());
        }
        if (node.node().isObject()) {
            return new ActionBody.Member(node.withOnly("member").field("member").text());
        }
        throw node.wrong("is \"" + node.text() + "\"; allowed are none, rest, a list of names, {member: name}");
    }

    private static Duration timeout(DefinitionNode node) {
        if (!node.isPresent()) {
            return DEFAULT_TIMEOUT;
        }
        Matcher matcher = SECONDS.matcher(node.text());
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration timeout = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMinutes(number);
            };
            if (!timeout.isZero() && timeout.compareTo(LONGEST_TIMEOUT) <= 0) {
                return timeout;
            }
        }
        throw node.wrong("is \"" + node.text() + "\"; it is a time such as 500ms, 30s or 2m, at most 10m");
    }

    private static ConnectorAuth auth(DefinitionNode node) {
        if (!node.isPresent()) {
            return new ConnectorAuth.None();
        }
        DefinitionNode type = node.field("type");
        return switch (type.text()) {
            case "none" -> none(node);
            case "bearer" ->
                new ConnectorAuth.Bearer(
                        node.withOnly("type", "secret").field("secret").text());
            case "apiKey" -> apiKey(node);
            case "basic" -> basic(node);
            default -> throw type.wrong("is \"" + type.text() + "\"; allowed are apiKey, basic, bearer, none");
        };
    }

    private static ConnectorAuth none(DefinitionNode node) {
        node.withOnly("type");
        return new ConnectorAuth.None();
    }

    private static ConnectorAuth apiKey(DefinitionNode node) {
        node.withOnly("type", "in", "name", "secret", "prefix");
        ConnectorAuth.Place place = node.field("in").choice(ConnectorAuth.Place.class, ConnectorAuth.Place.HEADER);
        DefinitionNode name = node.field("name");
        if (place == ConnectorAuth.Place.HEADER) {
            header(name.text(), name);
        }
        return new ConnectorAuth.ApiKey(
                place,
                name.text(),
                node.field("secret").text(),
                node.field("prefix").isPresent() ? node.field("prefix").node().asText() : "");
    }

    private static ConnectorAuth basic(DefinitionNode node) {
        node.withOnly("type", "username", "usernameSecret", "passwordSecret");
        Optional<String> username = node.field("username").optionalText();
        Optional<String> usernameSecret = node.field("usernameSecret").optionalText();
        if (username.isPresent() == usernameSecret.isPresent()) {
            throw node.wrong("needs exactly one of username and usernameSecret");
        }
        return new ConnectorAuth.Basic(
                username, usernameSecret, node.field("passwordSecret").text());
    }

    private static String header(String name, DefinitionNode node) {
        if (!HEADER.matcher(name).matches() || RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw node.wrong("names header \"" + name + "\", which a definition can not set");
        }
        return name;
    }

    private static URI baseUrl(DefinitionNode node) {
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

    /** {@code createGeneration} is "Create generation". */
    private static String titleOf(String name) {
        String words =
                name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
