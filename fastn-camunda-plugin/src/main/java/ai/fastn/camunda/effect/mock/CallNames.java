package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.diagnostic.Advice;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of calls that a rule can be for, for the connectors of one tenant. */
record CallNames(EffectCatalog catalog) {

    private static final Set<String> FUNCTIONS = Set.of(
            "db.query",
            "state.get",
            "state.set",
            "state.setIfAbsent",
            "state.increment",
            "state.delete",
            "secrets.get",
            "envConfig.get",
            "flow.invoke",
            "flow.invokeAsync",
            "fetch");
    private static final Pattern METHOD = Pattern.compile("fetch\\.[A-Z]{1,20}");
    private static final Pattern ACTION = Pattern.compile(
            "connectors?(?:\\.([A-Za-z][A-Za-z0-9_-]*)|\\[\"([^\"]+)\"\\]|\\['([^']+)'\\])\\.([A-Za-z][A-Za-z0-9_]*)");

    /**
     * The name as the sandbox says it.
     *
     * @throws ai.fastn.camunda.diagnostic.FastnException MOCKS, for a name that nobody can call
     */
    String checked(MockNode call) {
        String name = call.text();
        Matcher action = ACTION.matcher(name);
        if (action.matches()) {
            String connector = Stream.of(1, 2, 3)
                    .map(action::group)
                    .filter(each -> each != null)
                    .findFirst()
                    .orElseThrow();
            return action(call, connector, action.group(4));
        }
        if (FUNCTIONS.contains(name) || METHOD.matcher(name).matches()) {
            return name;
        }
        throw call.wrong("is \"" + name + "\", which is no call: " + advice(name));
    }

    private static String advice(String name) {
        if (name.equals("sleep") || name.equals("waitFor")) {
            return "waits are not mocked";
        }
        return name.startsWith("connector")
                ? "connector.<slug>.<action> is expected"
                : Advice.on("function", name.startsWith("fastn.") ? name.substring(6) : name, FUNCTIONS);
    }

    private String action(MockNode call, String connector, String action) {
        Set<ConnectorEntry> meant = Stream.<Function<String, java.util.Optional<ConnectorEntry>>>of(
                        catalog::connector, catalog::managedConnector)
                .flatMap(find -> find.apply(connector).stream())
                .collect(Collectors.toSet());
        if (meant.isEmpty()) {
            throw call.wrong("is about connector \"" + connector + "\", which does not exist: "
                    + Advice.on("connector", connector, catalog.connectors().keySet()));
        }
        String accessor = meant.iterator().next().accessor();
        if (meant.stream().noneMatch(each -> each.action(action).isPresent())) {
            throw call.wrong("is about action \"" + action + "\", which connector \"" + accessor + "\" does not have: "
                    + Advice.on("action", action, actions(meant)));
        }
        return "connector." + accessor + "." + action;
    }

    private static Set<String> actions(Set<ConnectorEntry> connectors) {
        return connectors.stream()
                .flatMap(each -> each.actions().stream())
                .map(ActionEntry::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
