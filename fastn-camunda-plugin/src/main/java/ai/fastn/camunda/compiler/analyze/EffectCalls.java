package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.analyze.ClientValue.Action;
import ai.fastn.camunda.compiler.analyze.ClientValue.Client;
import ai.fastn.camunda.compiler.analyze.ClientValue.Operation;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.diagnostic.Advice;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticKind;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ActionEntry;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the calls of {@code fastn.*} functions, with kind and sentence, and the mistakes in their names. */
final class EffectCalls {

    /** A handle is no effect: nothing is read before it is handed to an action. */
    private static final String SECRET_REF = "secrets.ref";

    private final Script script;
    private final EffectCatalog catalog;
    private final EffectSentences sentences = new EffectSentences();
    private final IdentityHashMap<CallExpression, EffectUse> calls = new IdentityHashMap<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Set<ConnectorEntry> connectors = new HashSet<>();
    private final Set<String> handles = new TreeSet<>();
    private boolean anyConnector;

    EffectCalls(Script script, ClientValues values, EffectCatalog catalog) {
        this.script = script;
        this.catalog = catalog;
        script.program().walk(node -> {
            if (node instanceof CallExpression call) {
                values.valueOf(call.callee()).flatMap(value -> use(call, value)).ifPresent(use -> calls.put(call, use));
            }
            return true;
        });
    }

    IdentityHashMap<CallExpression, EffectUse> calls() {
        return calls;
    }

    /** Versions of the connectors that are called; of all where it does not show which are. */
    ConnectorVersions connectors() {
        Map<String, Integer> versions = new TreeMap<>();
        (anyConnector ? catalog.connectors().values() : connectors)
                .forEach(connector -> connector.version().ifPresent(number -> versions.put(connector.slug(), number)));
        return new ConnectorVersions(versions);
    }

    /** What is handed to actions although no step performs it. */
    List<EffectUse> handles() {
        return handles.isEmpty()
                ? List.of()
                : List.of(new EffectUse(SECRET_REF, StepKind.READ, "Hand on secret", List.copyOf(handles)));
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    private Optional<EffectUse> use(CallExpression call, ClientValue callee) {
        if (callee instanceof Operation operation && operation.name().equals(SECRET_REF)) {
            Texts.firstWords(call.arguments()).ifPresent(handles::add);
            return Optional.empty();
        }
        if (callee instanceof Operation operation) {
            return Optional.of(operation(call, operation.name()));
        }
        return callee instanceof Action action ? Optional.of(action(call, action)) : Optional.empty();
    }

    private EffectUse operation(CallExpression call, String name) {
        Optional<String> text = Texts.firstWords(call.arguments());
        return switch (name) {
            case "db.query" -> sentences.query(text);
            case "state.get" -> EffectSentences.ofKey(name, StepKind.READ, "Read state", text);
            case "state.set" -> EffectSentences.ofKey(name, StepKind.WRITE, "Remember", text);
            case "state.delete" -> EffectSentences.ofKey(name, StepKind.WRITE, "Forget", text);
            case "state.setIfAbsent" -> EffectSentences.ofKey(name, StepKind.WRITE, "Claim", text);
            case "state.increment" -> EffectSentences.ofKey(name, StepKind.WRITE, "Count", text);
            case "secrets.get" -> EffectSentences.ofKey(name, StepKind.READ, "Read secret", text);
            case "envConfig.get" -> EffectSentences.ofKey(name, StepKind.READ, "Read setting", text);
            case "flow.invoke", "flow.invokeAsync" -> EffectUse.ofWorkflow(name, text.filter(WorkflowSlug::isSlug));
            case ClientValues.FETCH -> FetchUse.of(call);
            case EffectUse.WAIT_FOR -> EffectSentences.ofKey(name, StepKind.READ, "Wait for", text);
            default -> new EffectUse(name, StepKind.PROCESS, "Wait");
        };
    }

    private EffectUse action(CallExpression call, Action action) {
        if (action.connector().isEmpty()) {
            anyConnector = true;
            return new EffectUse("connector.*", StepKind.WRITE, "Call connector (dynamic)");
        }
        String name = action.connector().get();
        Expression connectorNode = connectorNode(call.callee());
        action.client().declared().ifPresent(declared -> checkDeclared(name, declared, connectorNode));
        Optional<ConnectorEntry> usual = catalog.connector(name);
        Optional<ConnectorEntry> connector = isManaged(action.client(), name) ? catalog.managedConnector(name) : usual;
        if (connector.isEmpty()) {
            report(
                    DiagnosticKind.UNKNOWN_CONNECTOR,
                    connectorNode,
                    name,
                    Advice.on("connector", name, catalog.connectors().keySet()));
            return new EffectUse(name + ".*", StepKind.WRITE, "Call " + name);
        }
        if (connector.equals(usual)) {
            connectors.add(connector.get());
        }
        return action.name().map(word -> known(call, connector.get(), word)).orElseGet(() -> dynamic(connector.get()));
    }

    /** Whether the client says that the operator's definition is meant, also where the tenant has its own. */
    private boolean isManaged(Client client, String name) {
        return client.declared()
                .flatMap(declared -> ownerOf(name, declared))
                .filter("managed"::equals)
                .isPresent();
    }

    /** What a client declares of a connector, by whichever of its names. */
    private Optional<String> ownerOf(String name, Map<String, String> declared) {
        return Optional.ofNullable(declared.get(name))
                .or(() -> catalog.connector(name)
                        .flatMap(entry -> Optional.ofNullable(declared.get(entry.slug()))
                                .or(() -> Optional.ofNullable(declared.get(entry.accessor())))));
    }

    private void checkDeclared(String name, Map<String, String> declared, Expression at) {
        if (ownerOf(name, declared).isEmpty()) {
            report(DiagnosticKind.CONNECTOR_NOT_DECLARED, at, name, "");
        }
    }

    private EffectUse known(CallExpression call, ConnectorEntry connector, String word) {
        Optional<ActionEntry> action = connector.action(word);
        if (action.isEmpty()) {
            report(
                    DiagnosticKind.UNKNOWN_ACTION,
                    call.callee() instanceof Expression.MemberExpression member ? member.property() : call.callee(),
                    connector.accessor() + "." + word,
                    Advice.on(
                            "action",
                            word,
                            connector.actions().stream().map(ActionEntry::name).toList()));
            return dynamic(connector);
        }
        ParameterCheck.mistakes(script, call, connector.accessor() + "." + word, action.get())
                .forEach(this::report);
        return sentences.action(connector, action.get());
    }

    private static EffectUse dynamic(ConnectorEntry connector) {
        boolean reads = connector.actions().stream().allMatch(action -> action.kind() == StepKind.READ);
        return new EffectUse(
                connector.accessor() + ".*", reads ? StepKind.READ : StepKind.WRITE, "Call " + connector.title());
    }

    private Expression connectorNode(Expression callee) {
        if (callee instanceof Expression.MemberExpression action
                && action.object() instanceof Expression.MemberExpression connector) {
            return connector.property();
        }
        return callee;
    }

    private void report(DiagnosticKind kind, Expression at, Object... words) {
        report(Diagnostic.of(kind, script.inSource(at.span()), words));
    }

    private void report(Diagnostic diagnostic) {
        if (!diagnostics.contains(diagnostic)) {
            diagnostics.add(diagnostic);
        }
    }
}
