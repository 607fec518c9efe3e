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
            HeaderNames.require(name.text(), name);
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
}
