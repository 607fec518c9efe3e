package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.analyze.ClientValue.Action;
import ai.fastn.camunda.compiler.analyze.ClientValue.Client;
import ai.fastn.camunda.compiler.analyze.ClientValue.Connector;
import ai.fastn.camunda.compiler.analyze.ClientValue.ConnectorRoot;
import ai.fastn.camunda.compiler.analyze.ClientValue.Family;
import ai.fastn.camunda.compiler.analyze.ClientValue.Operation;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Program;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Follows the client through constants, destructuring and parameters that always get the same part of it. What it does
 * not follow is unknown: such calls are effects found at run time.
 */
final class ClientValues {

    /** The function of the web platform. */
    static final String FETCH = "fetch";

    private static final Set<String> STATE = Set.of("get", "set", "delete", "setIfAbsent", "increment");

    private final Scopes scopes;
    private final Map<Variable, Supplier<Optional<ClientValue>>> sources = new HashMap<>();
    private final Map<Variable, Optional<ClientValue>> known = new HashMap<>();
    private final Set<Variable> inProgress = new HashSet<>();
    private final Map<Variable, List<Expression.CallExpression>> calls = new HashMap<>();
    private final Map<Variable, Integer> callees = new HashMap<>();

    ClientValues(Program program, Scopes scopes) {
        this.scopes = scopes;
        program.walk(node -> {
            if (node instanceof Part.VariableDeclarator declarator && declarator.init() != null) {
                Expression init = declarator.init();
                bind(declarator.id(), () -> valueOf(init));
            } else if (node instanceof Expression.CallExpression call && call.callee() instanceof Identifier name) {
                scopes.variableOf(name).ifPresent(variable -> {
                    calls.computeIfAbsent(variable, any -> new ArrayList<>()).add(call);
                    callees.merge(variable, 1, Integer::sum);
                });
            }
            return true;
        });
        program.walk(this::bindParameters);
    }

    Optional<ClientValue> valueOf(Node expression) {
        if (expression instanceof Identifier name) {
            return ofName(name);
        }
        if (expression instanceof Expression.NewExpression creation
                && creation.callee() instanceof Identifier name
                && name.name().equals("Fastn")
                && scopes.variableOf(name).isEmpty()) {
            return Optional.of(new Client(declaredConnectors(creation)));
        }
        if (expression instanceof Expression.ChainExpression chain) {
            return valueOf(chain.expression());
        }
        if (expression instanceof Expression.MemberExpression member && isFetchOfGlobal(member)) {
            return Optional.of(new Operation(FETCH));
        }
        if (expression instanceof Expression.MemberExpression member) {
            return valueOf(member.object()).flatMap(object -> member(object, propertyName(member)));
        }
        return Optional.empty();
    }

    /** {@code globalThis.fetch}. */
    private boolean isFetchOfGlobal(Expression.MemberExpression member) {
        return member.object() instanceof Identifier root
                && root.name().equals("globalThis")
                && scopes.variableOf(root).isEmpty()
                && propertyName(member).equals(Optional.of(FETCH));
    }

    private Optional<ClientValue> ofName(Identifier name) {
        Optional<Variable> variable = scopes.variableOf(name);
        if (variable.isEmpty()) {
            return switch (name.name()) {
                case "fastn" -> Optional.of(new Client(Optional.empty()));
                case FETCH -> Optional.of(new Operation(FETCH));
                default -> Optional.empty();
            };
        }
        return ofVariable(variable.get());
    }

    private Optional<ClientValue> ofVariable(Variable variable) {
        Supplier<Optional<ClientValue>> source = sources.get(variable);
        if (source == null || variable.isReassigned() || !inProgress.add(variable)) {
            return Optional.empty();
        }
        try {
            Optional<ClientValue> before = known.get(variable);
            if (before != null) {
                return before;
            }
            Optional<ClientValue> value = source.get();
            known.put(variable, value);
            return value;
        } finally {
            inProgress.remove(variable);
        }
    }

    static Optional<ClientValue> member(ClientValue object, Optional<String> name) {
        if (object instanceof Client client) {
            return name.flatMap(property -> ofClient(client, property));
        }
        if (object instanceof ConnectorRoot root) {
            return Optional.of(new Connector(root.client(), name));
        }
        if (object instanceof Connector connector) {
            return Optional.of(new Action(connector.client(), connector.name(), name));
        }
        if (object instanceof Action action) {
            return name.filter("pages"::equals).map(pages -> action);
        }
        if (object instanceof Family family) {
            return name.filter(operation -> exists(family.name(), operation))
                    .map(operation -> new Operation(family.name() + "." + operation));
        }
        return Optional.empty();
    }

    private static Optional<ClientValue> ofClient(Client client, String property) {
        return switch (property) {
            case "connector" -> Optional.of(new ConnectorRoot(client));
            case "db", "state", "secrets", "envConfig", "flow" -> Optional.of(new Family(property));
            case "sleep", "waitFor" -> Optional.of(new Operation(property));
            default -> Optional.empty();
        };
    }

    private static boolean exists(String family, String operation) {
        return switch (family) {
            case "db" -> operation.equals("query");
            case "state" -> STATE.contains(operation);
            case "flow" -> operation.equals("invoke") || operation.equals("invokeAsync");
            case "secrets" -> operation.equals("get") || operation.equals("ref");
            default -> operation.equals("get");
        };
    }

    static Optional<String> propertyName(Expression.MemberExpression member) {
        if (!member.computed()) {
            return member.property() instanceof Identifier name ? Optional.of(name.name()) : Optional.empty();
        }
        return member.property() instanceof Expression.Literal literal
                        && literal.kind() == Expression.LiteralKind.STRING
                ? Optional.of(literal.value())
                : Optional.empty();
    }

    private void bind(Pattern pattern, Supplier<Optional<ClientValue>> value) {
        if (pattern instanceof Identifier name) {
            scopes.variableOf(name).ifPresent(variable -> sources.putIfAbsent(variable, value));
        } else if (pattern instanceof Pattern.AssignmentPattern assignment) {
            bind(assignment.left(), value);
        } else if (pattern instanceof Pattern.ObjectPattern object) {
            for (Node property : object.properties()) {
                if (property instanceof Part.AssignmentProperty part) {
                    Optional<String> key = key(part.key(), part.computed());
                    bind(part.value(), () -> value.get().flatMap(parent -> member(parent, key)));
                }
            }
        }
    }

    private static Optional<String> key(Expression key, boolean computed) {
        if (key instanceof Identifier name && !computed) {
            return Optional.of(name.name());
        }
        return key instanceof Expression.Literal literal ? Optional.of(literal.value()) : Optional.empty();
    }

    /** A parameter is followed when the function is only ever called, each time with the same part of the client. */
    private boolean bindParameters(Node node) {
        if (node instanceof Statement.FunctionDeclaration function && function.id() != null) {
            scopes.variableOf(function.id()).ifPresent(variable -> bindParameters(function, variable));
        } else if (node instanceof Part.VariableDeclarator declarator
                && declarator.id() instanceof Identifier name
                && declarator.init() instanceof FunctionNode function) {
            scopes.variableOf(name).ifPresent(variable -> bindParameters(function, variable));
        }
        return true;
    }

    private void bindParameters(FunctionNode function, Variable variable) {
        List<Expression.CallExpression> sites = calls.getOrDefault(variable, List.of());
        if (sites.isEmpty() || variable.isReassigned() || Uses.reads(variable) > callees.getOrDefault(variable, 0)) {
            return;
        }
        for (int i = 0; i < function.params().size(); i++) {
            int position = i;
            bind(function.params().get(i), () -> sameArgument(sites, position));
        }
    }

    private Optional<ClientValue> sameArgument(List<Expression.CallExpression> sites, int position) {
        Set<Optional<ClientValue>> values = new LinkedHashSet<>();
        for (Expression.CallExpression site : sites) {
            List<Expression> before = site.arguments()
                    .subList(0, Math.min(position + 1, site.arguments().size()));
            boolean plain =
                    before.size() > position && before.stream().noneMatch(Expression.SpreadElement.class::isInstance);
            values.add(plain ? valueOf(before.get(position)) : Optional.empty());
        }
        return values.size() == 1 ? values.iterator().next() : Optional.empty();
    }

    private static Optional<Map<String, String>> declaredConnectors(Expression.NewExpression creation) {
        if (creation.arguments().isEmpty()
                || !(creation.arguments().get(0) instanceof Expression.ObjectExpression options)) {
            return Optional.empty();
        }
        for (Node member : options.properties()) {
            if (member instanceof Part.Property property
                    && key(property.key(), property.computed()).equals(Optional.of("connectors"))
                    && property.value() instanceof Expression.ObjectExpression connectors) {
                return keys(connectors);
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> keys(Expression.ObjectExpression connectors) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Node member : connectors.properties()) {
            Optional<String> name = member instanceof Part.Property property
                    ? key(property.key(), property.computed())
                    : Optional.empty();
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.put(name.get(), ownerIn(((Part.Property) member).value()));
        }
        return Optional.of(names);
    }

    /** The {@code orgId} of a connector; an empty text where it does not show. */
    private static String ownerIn(Expression options) {
        if (options instanceof Expression.ObjectExpression object) {
            for (Node member : object.properties()) {
                if (member instanceof Part.Property property
                        && key(property.key(), property.computed()).equals(Optional.of("orgId"))
                        && property.value() instanceof Expression.Literal literal) {
                    return literal.value();
                }
            }
        }
        return "";
    }
}
