package ai.fastn.camunda.effect.connector;

import java.util.Optional;

/** Reads how a connector shows who calls. */
final class AuthReader {

    private AuthReader() {}

    static ConnectorAuth read(DefinitionNode node) {
        if (!node.isPresent()) {
            return new ConnectorAuth.None();
        }
        DefinitionNode type = node.field("type");
        return switch (type.text()) {
            case "none" -> none(node);
            case "bearer" ->
                new ConnectorAuth.Bearer(
                        node.withOnly("type", "secret").field("secret").optionalText());
            case "apiKey" -> apiKey(node);
            case "basic" -> basic(node);
            case "digest" -> new ConnectorAuth.Digest(basic(node));
            case "oauth2Code" -> TokenAuthReader.code(node);
            case "oauth2ClientCredentials" -> TokenAuthReader.clientCredentials(node);
            case "customLogin" -> TokenAuthReader.login(node);
            default ->
                throw type.wrong("is \"" + type.text() + "\"; allowed are apiKey, basic, bearer, customLogin, digest,"
                        + " none, oauth2ClientCredentials, oauth2Code");
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
            HeaderNames.require(name.text(), name);
        }
        return new ConnectorAuth.ApiKey(
                place,
                name.text(),
                node.field("secret").optionalText(),
                node.field("prefix").isPresent() ? node.field("prefix").node().asText() : "");
    }

    private static ConnectorAuth.Basic basic(DefinitionNode node) {
        node.withOnly("type", "username", "usernameSecret", "passwordSecret");
        Optional<String> username = node.field("username").optionalText();
        Optional<String> usernameSecret = node.field("usernameSecret").optionalText();
        Optional<String> password = node.field("passwordSecret").optionalText();
        if (password.isPresent() && username.isPresent() == usernameSecret.isPresent()) {
            throw node.wrong("needs exactly one of username and usernameSecret");
        }
        if (password.isEmpty() && (username.isPresent() || usernameSecret.isPresent())) {
            throw node.field("passwordSecret").wrong("is missing");
        }
        return new ConnectorAuth.Basic(username, usernameSecret, password);
    }
}
