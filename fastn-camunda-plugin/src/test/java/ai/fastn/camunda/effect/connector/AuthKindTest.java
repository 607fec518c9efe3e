package ai.fastn.camunda.effect.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code http} says a connection can choose is what is read of its settings. */
class AuthKindTest {

    /** Values other than any text. */
    private static final Map<String, String> VALUES = Map.of(
            "auth.in", "query",
            "auth.clientAuth", "post",
            "auth.tokenRequest", "json",
            "auth.lifetime", "20m");

    /** Names of secrets, which connections have none of, and a list of texts, which has a member of its own. */
    private static final Set<String> NOT_TEXTS =
            Set.of("secret", "usernameSecret", "passwordSecret", "username", "scopes");

    private final BuiltInConnectors connectors = new BuiltInConnectors(
            BuiltInConnectors.Settings.NONE, EgressGuard.allowing(""), (scope, name) -> Optional.empty(), () -> {
                throw new AssertionError("no engine here");
            });
    private final ConnectorDefinition http = connectors.definitions().stream()
            .filter(each -> each.slug().equals("http"))
            .findFirst()
            .orElseThrow();

    @AfterEach
    void close() {
        connectors.close();
    }

    @Test
    void everyTypeIsOfferedButTheOneThatAPersonAgreesTo() {
        Set<String> types = new TreeSet<>(kinds().stream().map(AuthKind::type).toList());
        types.add("oauth2Code");

        assertThatThrownBy(() -> said(Map.of("auth.type", "nothing")))
                .hasMessage("member \"settings\": auth.type is \"nothing\"; allowed are " + String.join(", ", types));
    }

    @Test
    void itsNeededSettingsAreEnoughAndNoneCanBeLeftOut() {
        for (AuthKind kind : kinds()) {
            Map<String, String> least = least(kind);
            ConnectorAuth auth = said(least).auth();
            assertThat(auth.method()).isEqualTo(kind.type());
            Set<String> mentioned = kind.namesFields() ? Set.of("word") : Set.of();
            assertThat(auth.fields()).as(kind.type()).containsAll(kind.fields()).containsAll(mentioned);
            assertThat(auth.fields()).hasSize(kind.fields().size() + mentioned.size());
            for (String needed : kind.needed()) {
                Map<String, String> less = new HashMap<>(least);
                less.remove(needed);
                assertThatThrownBy(() -> said(less)).as(needed).hasMessageContaining(needed + " is missing");
            }
        }
    }

    @Test
    void itsSettingsAreAllThatThereAre() {
        for (AuthKind kind : kinds()) {
            Map<String, String> all = least(kind);
            kind.settings().keySet().forEach(name -> all.put(name, value(name)));
            kind.lists().keySet().stream()
                    .filter(name -> !name.equals("auth.form"))
                    .forEach(name -> all.put(name + ".member", "{word}"));
            assertThat(said(all).auth().method()).isEqualTo(kind.type());

            all.put("auth.other", "x");
            List<String> known = new ArrayList<>(List.of("type"));
            kind.settings().keySet().forEach(name -> known.add(name.substring(5)));
            kind.lists().keySet().forEach(name -> known.add(name.substring(5)));
            assertThatThrownBy(() -> said(all))
                    .satisfies(e -> assertThat(List.of(String.valueOf(e.getMessage())
                                    .replaceFirst(".*allowed are ", "")
                                    .split(", ")))
                            .filteredOn(name -> !NOT_TEXTS.contains(name))
                            .containsExactlyInAnyOrderElementsOf(known));
        }
    }

    private List<AuthKind> kinds() {
        return ((ConnectorAuth.PerConnection) http.auth()).kinds();
    }

    private ConnectorDefinition said(Map<String, String> settings) {
        Map<String, String> whole = new HashMap<>(settings);
        whole.put("baseUrl", "https://api.example.com");
        return http.saidBy(whole);
    }

    private static Map<String, String> least(AuthKind kind) {
        Map<String, String> settings = new HashMap<>(Map.of("auth.type", kind.type()));
        kind.needed().forEach(name -> settings.put(name, value(name)));
        if (kind.namesFields()) {
            settings.put("auth.json.member", "{word}");
        }
        return settings;
    }

    private static String value(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith("url")
                ? "https://login.example.com/token"
                : VALUES.getOrDefault(name, "word");
    }
}
