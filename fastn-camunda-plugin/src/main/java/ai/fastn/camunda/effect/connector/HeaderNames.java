package ai.fastn.camunda.effect.connector;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a definition may set. */
public final class HeaderNames {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** Headers that belong to the connection, not to the author of a definition. */
    private static final Set<String> RESERVED = Set.of(
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

    private HeaderNames() {}

    /** The name, when it is one that a definition may set. */
    static String require(String name, DefinitionNode node) {
        if (!isAllowed(name)) {
            throw node.wrong("names header \"" + name + "\", which a definition can not set");
        }
        return name;
    }

    public static boolean isAllowed(String name) {
        return HEADER.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }
}
