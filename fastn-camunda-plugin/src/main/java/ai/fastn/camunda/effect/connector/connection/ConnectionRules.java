package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.workflow.Environment;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a connection must look like before it is kept. */
final class ConnectionRules {

    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,63}");
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    /** Shorter ones occur in ordinary text by chance, so that they could not be kept out of results. */
    private static final int SHORTEST = 6;

    private static final int LONGEST = 16_384;

    private ConnectionRules() {}

    static void requireLabel(String label) {
        if (!LABEL.matcher(label).matches()) {
            throw wrong(
                    "member \"label\" is not 1 to 64 letters, digits, spaces and \"._@-\", the first a letter or digit");
        }
    }

    static void requireEnvironment(Optional<Environment> environment) {
        environment
                .map(Environment::name)
                .filter(name -> !ENVIRONMENT.matcher(name).matches())
                .ifPresent(name -> {
                    throw wrong("member \"environment\" is \"" + name
                            + "\": letters, digits, \"-\" and \"_\" are expected");
                });
    }

    /** Every field is known and can be kept out of what a run shows. */
    static void requireFields(ConnectorDefinition definition, Map<String, String> fields) {
        requireKnown("fields", fields.keySet(), definition.fields());
        fields.forEach((name, value) -> {
            boolean shown = name.equals("username") || name.equals("clientId");
            if (value.length() > LONGEST || value.isEmpty() || (!shown && value.length() < SHORTEST)) {
                throw wrong("member \"fields." + name + "\" has " + value.length() + " characters: "
                        + (shown ? 1 : SHORTEST) + " to " + LONGEST + " are expected");
            }
            if (!value.chars().allMatch(c -> c >= 0x20 && c != 0x7f)) {
                throw wrong("member \"fields." + name + "\" has a control character");
            }
        });
    }

    static void requireAllFields(ConnectorDefinition definition, Set<String> given) {
        Set<String> missing = new TreeSet<>(definition.fields());
        missing.removeIf(field -> given.contains(field) || !definition.auth().needs(field));
        if (!missing.isEmpty()) {
            throw new FastnException(
                    ErrorCode.CONNECTION_INCOMPLETE,
                    "member \"fields\" lacks " + String.join(", ", missing) + ", which connector \"" + definition.slug()
                            + "\" needs");
        }
    }

    /** Every setting is known, and the addresses that need some can be made of them. */
    static void requireSettings(ConnectorDefinition definition, Map<String, String> settings) {
        requireKnown("settings", settings.keySet(), definition.settings());
        settings.forEach((name, value) -> {
            if (value.length() > LONGEST || value.chars().anyMatch(c -> c < 0x20)) {
                throw wrong("member \"settings." + name + "\" is longer than " + LONGEST
                        + " characters or has a control character");
            }
        });
        Set<String> missing = new TreeSet<>(definition.connection().needed());
        missing.removeAll(settings.keySet());
        if (!missing.isEmpty()) {
            throw new FastnException(
                    ErrorCode.CONNECTION_INCOMPLETE,
                    "member \"settings\" lacks " + String.join(", ", missing) + ", which connector \""
                            + definition.slug() + "\" needs");
        }
        definition.addresses().forEach(address -> address.filled(settings));
    }

    /** How a connection shows who calls is said once: another way is another connection. */
    static void requireMethod(Connection connection, ConnectorDefinition changed) {
        if (!connection.method().equals(changed.auth().method())) {
            throw wrong("member \"settings\" makes the method of the connection \""
                    + changed.auth().method() + "\", and it was made with \"" + connection.method() + "\"");
        }
    }

    private static void requireKnown(String member, Collection<String> given, Set<String> known) {
        Set<String> unknown = new TreeSet<>(given);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw wrong("member \"" + member + "\" has unknown " + String.join(", ", unknown) + "; "
                    + (known.isEmpty() ? "there are none" : "known are " + String.join(", ", new TreeSet<>(known))));
        }
    }

    static FastnException wrong(String message) {
        return new FastnException(ErrorCode.REQUEST_FIELD, message);
    }
}
