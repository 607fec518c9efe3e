package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the forms of authentication that get a token: OAuth 2.0 and a login of its own kind. */
final class TokenAuthReader {

    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private TokenAuthReader() {}

    static ConnectorAuth.OAuth2 code(DefinitionNode node) {
        node.withOnly(
                "type",
                "authorizeUrl",
                "tokenUrl",
                "revokeUrl",
                "scopes",
                "scopeSeparator",
                "clientAuth",
                "tokenRequest",
                "authorizeParams",
                "tokenParams",
                "tokenPath",
                "accountPath",
                "lifetime",
                "header",
                "prefix");
        return terms(node, OAuthTerms.Grant.CODE, Optional.of(UrlTemplate.read(node.field("authorizeUrl"))));
    }

    static ConnectorAuth.OAuth2 clientCredentials(DefinitionNode node) {
        node.withOnly(
                "type",
                "tokenUrl",
                "revokeUrl",
                "scopes",
                "scopeSeparator",
                "clientAuth",
                "tokenRequest",
                "tokenParams",
                "tokenPath",
                "accountPath",
                "lifetime",
                "header",
                "prefix");
        return terms(node, OAuthTerms.Grant.CLIENT_CREDENTIALS, Optional.empty());
    }

    private static ConnectorAuth.OAuth2 terms(
            DefinitionNode node, OAuthTerms.Grant grant, Optional<UrlTemplate> authorizeUrl) {
        DefinitionNode revokeUrl = node.field("revokeUrl");
        DefinitionNode separator = node.field("scopeSeparator");
        return new ConnectorAuth.OAuth2(new OAuthTerms(
                grant,
                authorizeUrl,
                UrlTemplate.read(node.field("tokenUrl")),
                revokeUrl.isPresent() ? Optional.of(UrlTemplate.read(revokeUrl)) : Optional.empty(),
                scopes(node.field("scopes")),
                separator.isPresent() ? separator.node().asText() : " ",
                node.field("clientAuth").choice(OAuthTerms.ClientAuth.class, OAuthTerms.ClientAuth.BASIC),
                node.field("tokenRequest").choice(OAuthTerms.TokenRequest.class, OAuthTerms.TokenRequest.FORM),
                texts(node.field("authorizeParams")),
                texts(node.field("tokenParams")),
                path(node.field("tokenPath")).orElse("access_token"),
                path(node.field("accountPath")),
                lifetime(node.field("lifetime")),
                header(node.field("header")),
                prefix(node.field("prefix"))));
    }

    static ConnectorAuth.CustomLogin login(DefinitionNode node) {
        node.withOnly("type", "url", "form", "json", "headers", "tokenPath", "header", "prefix", "lifetime");
        boolean form = node.field("form").isPresent();
        if (form == node.field("json").isPresent()) {
            throw node.wrong("needs exactly one of form and json: the body of the login request");
        }
        DefinitionNode body = node.field(form ? "form" : "json");
        if (!(body.node() instanceof ObjectNode object)) {
            throw body.wrong("is not a list of \"name: value\" fields");
        }
        node.field("headers").fields().forEach(HeaderNames::require);
        return new ConnectorAuth.CustomLogin(new LoginRecipe(
                UrlTemplate.read(node.field("url")),
                form,
                object,
                texts(node.field("headers")),
                path(node.field("tokenPath"))
                        .orElseThrow(() -> node.field("tokenPath").wrong("is missing")),
                header(node.field("header")),
                prefix(node.field("prefix")),
                lifetime(node.field("lifetime"))));
    }

    private static List<String> scopes(DefinitionNode node) {
        if (node.isPresent() && !node.node().isArray()) {
            throw node.wrong("is not a list of scopes");
        }
        return node.isPresent() ? node.texts() : List.of();
    }

    private static Map<String, String> texts(DefinitionNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.fields().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private static String header(DefinitionNode node) {
        return node.isPresent() ? HeaderNames.require(node.text(), node) : "Authorization";
    }

    private static String prefix(DefinitionNode node) {
        return node.isPresent() ? node.node().asText() : "Bearer ";
    }

    private static Optional<String> path(DefinitionNode node) {
        node.optionalText().filter(text -> !PATH.matcher(text).matches()).ifPresent(text -> {
            throw node.wrong("is \"" + text + "\"; it is names of members joined by \".\", such as data.token");
        });
        return node.optionalText();
    }

    private static Optional<Duration> lifetime(DefinitionNode node) {
        return node.optionalText().map(text -> {
            Matcher matcher = TIME.matcher(text);
            if (!matcher.matches()) {
                throw node.wrong("is \"" + text + "\"; it is a time such as 90s, 20m, 1h or 30d");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        });
    }
}
