package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;

/**
 * What the settings of one connection say: {@code baseUrl}, and {@code auth} as in a definition file, each member a
 * setting of its own, such as {@code auth.type} and {@code auth.tokenUrl}.
 */
record ChosenAuth(URI baseUrl, ConnectorAuth auth) {

    private static final String PREFIX = "auth.";

    /** Reads it; REQUEST_FIELD naming the first mistake. */
    static ChosenAuth read(String connector, Map<String, String> settings) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        settings.forEach((name, value) -> put(root, name, value));
        DefinitionNode node = new DefinitionNode(connector, "", root);
        try {
            ConnectorAuth auth =
                    AuthReader.read(node.withOnly("baseUrl", "auth").field("auth"));
            if (isByPerson(auth) || auth.namesSecrets()) {
                throw node.field("auth")
                        .wrong("is for a definition of a connector: a connection neither names secrets nor begins an"
                                + " authorization");
            }
            return new ChosenAuth(DefinitionReader.baseUrl(node.field("baseUrl")), auth);
        } catch (FastnException e) {
            String said = String.valueOf(e.getMessage());
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD, "member \"settings\": " + said.substring(said.indexOf(": ") + 2), e);
        }
    }

    private static boolean isByPerson(ConnectorAuth auth) {
        return auth instanceof ConnectorAuth.OAuth2 oauth && oauth.terms().grant() == OAuthTerms.Grant.CODE;
    }

    private static void put(ObjectNode root, String name, String value) {
        if (!name.startsWith(PREFIX)) {
            root.put(name, value);
            return;
        }
        ObjectNode place = root;
        String[] path = name.split("\\.", -1);
        for (int i = 0; i < path.length - 1; i++) {
            JsonNode next = place.path(path[i]);
            place = next instanceof ObjectNode known ? known : place.putObject(path[i]);
        }
        place.put(path[path.length - 1], value);
    }
}
