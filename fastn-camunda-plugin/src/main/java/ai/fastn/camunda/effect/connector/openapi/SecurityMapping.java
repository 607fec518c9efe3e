package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.effect.connector.HeaderNames;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says how a definition shows who calls, for each way a document has; secrets are named for the connector. */
final class SecurityMapping {

    private final RequiredSecurity required;
    private final Warnings warnings;
    private final String secretPrefix;

    SecurityMapping(ApiDocument document, List<ApiOperation> operations, String slug, Warnings warnings) {
        this.required = RequiredSecurity.of(document, operations);
        this.warnings = warnings;
        this.secretPrefix = slug.toUpperCase(Locale.ROOT).replace('-', '_').replaceFirst("_API$", "");
    }

    /** All ways; at most one is chosen: the first that the document asks for and a definition has. */
    List<ImportPreview.Security> list(CheckedModel checked) {
        Map<String, SecurityScheme> schemes = schemes(checked);
        Optional<String> chosen = chosen(schemes);
        List<ImportPreview.Security> list = new ArrayList<>();
        schemes.forEach((name, scheme) -> {
            Optional<JsonNode> auth = auth(name, scheme);
            if (auth.isEmpty()) {
                warnings.add(place(name), "is " + typeOf(scheme) + " of a kind that definitions do not have");
            }
            boolean isChosen = chosen.isPresent() && chosen.get().equals(name);
            list.add(new ImportPreview.Security(name, typeOf(scheme), auth, isChosen));
        });
        return list;
    }

    private Optional<String> chosen(Map<String, SecurityScheme> schemes) {
        for (List<String> together : required.alternatives()) {
            Optional<String> first =
                    together.stream().filter(name -> isKnown(name, schemes)).findFirst();
            if (first.isPresent()) {
                if (together.size() > 1) {
                    warnings.add(
                            "security",
                            "asks for " + String.join(" and ", together) + " together; only " + first.get()
                                    + " is used");
                }
                return first;
            }
        }
        if (required.isOptional() || schemes.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> first =
                schemes.keySet().stream().filter(name -> isKnown(name, schemes)).findFirst();
        first.ifPresent(name -> warnings.add(place(name), "is asked for by no operation; it is used all the same"));
        return first;
    }

    private boolean isKnown(String name, Map<String, SecurityScheme> schemes) {
        SecurityScheme scheme = schemes.get(name);
        return scheme != null && auth(name, scheme).isPresent();
    }

    private Map<String, SecurityScheme> schemes(CheckedModel checked) {
        return checked.model().getComponents() == null
                        || checked.model().getComponents().getSecuritySchemes() == null
                ? Map.of()
                : checked.model().getComponents().getSecuritySchemes();
    }

    private Optional<JsonNode> auth(String name, SecurityScheme scheme) {
        if (scheme.getType() == null) {
            return Optional.empty();
        }
        return switch (scheme.getType()) {
            case APIKEY -> apiKey(scheme);
            case HTTP -> http(scheme);
            case OAUTH2 -> oauth(name, scheme.getFlows());
            case OPENIDCONNECT, MUTUALTLS -> Optional.empty();
        };
    }

    private Optional<JsonNode> apiKey(SecurityScheme scheme) {
        Optional<String> name = CheckedModel.text(scheme.getName());
        if (name.isEmpty() || scheme.getIn() == null) {
            return Optional.empty();
        }
        return switch (scheme.getIn()) {
            case COOKIE -> Optional.of(key("header", "Cookie").put("prefix", name.get() + "="));
            case HEADER ->
                HeaderNames.isAllowed(name.get()) ? Optional.of(key("header", name.get())) : Optional.empty();
            case QUERY -> Optional.of(key("query", name.get()));
        };
    }

    private ObjectNode key(String in, String name) {
        return type("apiKey").put("in", in).put("name", name).put("secret", secretPrefix + "_API_KEY");
    }

    private Optional<JsonNode> http(SecurityScheme scheme) {
        String word = scheme.getScheme() == null ? "" : scheme.getScheme().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "bearer" -> Optional.of(type("bearer").put("secret", secretPrefix + "_TOKEN"));
            case "basic", "digest" ->
                Optional.of(type(word)
                        .put("usernameSecret", secretPrefix + "_USERNAME")
                        .put("passwordSecret", secretPrefix + "_PASSWORD"));
            default ->
                word.matches("[a-z0-9-]+")
                        ? Optional.of(key("header", "Authorization").put("prefix", scheme.getScheme() + " "))
                        : Optional.empty();
        };
    }

    private Optional<JsonNode> oauth(String name, OAuthFlows flows) {
        if (flows != null && isUsable(flows.getAuthorizationCode(), true)) {
            OAuthFlow flow = flows.getAuthorizationCode();
            return Optional.of(token(name, flow, type("oauth2Code").put("authorizeUrl", flow.getAuthorizationUrl())));
        }
        return flows != null && isUsable(flows.getClientCredentials(), false)
                ? Optional.of(token(name, flows.getClientCredentials(), type("oauth2ClientCredentials")))
                : Optional.empty();
    }

    private ObjectNode token(String name, OAuthFlow flow, ObjectNode auth) {
        auth.put("tokenUrl", flow.getTokenUrl());
        Set<String> scopes = required.scopes(name);
        if (!scopes.isEmpty()) {
            scopes.forEach(auth.putArray("scopes")::add);
        }
        return auth;
    }

    private static boolean isUsable(OAuthFlow flow, boolean withPage) {
        return flow != null && isWhole(flow.getTokenUrl()) && (!withPage || isWhole(flow.getAuthorizationUrl()));
    }

    private static boolean isWhole(String url) {
        return url != null && url.matches("https?://[^{}\\s]+");
    }

    private String typeOf(SecurityScheme scheme) {
        return scheme.getType() == null ? "of no type" : scheme.getType().toString();
    }

    private static String place(String name) {
        return "components.securitySchemes." + name;
    }

    private static ObjectNode type(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
