package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Scope;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints a node in the author's words. What is different: shared variables lose their declaration keyword (and get
 * another name where theirs can not be used), parts that an earlier step computed are replaced by where it left them.
 */
final class Renderer {

    private final AnalyzedScript source;
    private final Plan plan;
    private final Captures captures;
    private final Naming naming;
    private final Targets targets;
    private final Map<Variable, String> boxes = new LinkedHashMap<>();
    private final IdentityHashMap<Node, String> holes = new IdentityHashMap<>();
    private final Set<Node> settled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> printing = Collections.newSetFromMap(new IdentityHashMap<>());

    Renderer(AnalyzedScript source, Plan plan, Captures captures, Naming naming) {
        this.source = source;
        this.plan = plan;
        this.captures = captures;
        this.naming = naming;
        this.targets = new Targets(source.script().program());
    }

    /** From now on the node reads as this text; what it does is still done there. */
    void rewrite(Node node, String text) {
        holes.put(node, text);
    }

    /** From now on the node reads as the place where an earlier step or statement left its value. */
    void replace(Node node, String place) {
        holes.put(node, place);
        settled.add(node);
    }

    /** Whether what a node does has been done before. */
    boolean isSettled(Node node) {
        return settled.contains(node);
    }

    /** The code was laid down once; elsewhere it starts anew. */
    void forget(Node code) {
        code.walk(node -> {
            holes.remove(node);
            settled.remove(node);
            return true;
        });
    }

    String text(Node node) {
        String hole = holes.get(node);
        if (hole != null) {
            return hole;
        }
        Set<Variable> taken = takenBy(node);
        if (taken.isEmpty() || node instanceof Statement) {
            return plain(node);
        }
        String own = node instanceof Expression.ObjectExpression ? "(" + plain(node) + ")" : plain(node);
        String text = taken(taken, own, WholeLifter.waits(node));
        return captures.givenName(node)
                .map(name -> "$named(" + Operands.quoted(name) + ", " + text + ")")
                .orElse(text);
    }

    /** The variables that a closure takes with it here; those of a function that is printed are its own already. */
    private Set<Variable> takenBy(Node closure) {
        Set<Variable> taken = captures.takenBy(closure);
        return printing.isEmpty()
                ? taken
                : taken.stream().filter(this::isShared).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The text with variables of its own: what they are now. */
    private String taken(Set<Variable> variables, String text, boolean waits) {
        List<String> names = new ArrayList<>();
        variables.forEach(variable -> names.add(slot(variable)));
        String list = String.join(", ", names);
        return waits
                ? "(await (async (" + list + ") => " + text + ")(" + list + "))"
                : "((" + list + ") => " + text + ")(" + list + ")";
    }

    /** A function declaration as the value its variable gets when its block is entered. */
    String functionValue(Statement.FunctionDeclaration function) {
        Identifier id = function.id();
        boolean replaced = id != null
                && source.scopes().variableOf(id).filter(Variable::isReassigned).isPresent();
        return id != null && replaced ? nameless(function, id) : ownName(function, id);
    }

    /** A function that is replaced later: inside it its name is the variable, so it can not have it as its own. */
    private String nameless(Statement.FunctionDeclaration function, Identifier id) {
        holes.put(id, "");
        Set<Variable> taken = takenBy(function);
        String text = taken.isEmpty() ? plain(function) : taken(taken, plain(function), false);
        holes.remove(id);
        return "$named(\"" + id.name() + "\", " + text + ")";
    }

    private String ownName(Node declaration, @Nullable Identifier id) {
        if (id != null) {
            holes.put(id, id.name());
        }
        Set<Variable> taken = takenBy(declaration);
        return taken.isEmpty() ? plain(declaration) : taken(taken, plain(declaration), false);
    }

    /** The boxes that were needed, by variable. */
    Map<Variable, String> boxes() {
        return Collections.unmodifiableMap(boxes);
    }

    /** Where a shared variable is kept: its name, or the name of its box. */
    String slot(Variable variable) {
        return captures.isBoxed(variable)
                ? boxes.computeIfAbsent(variable, any -> naming.internal("$" + variable.name()))
                : naming.of(variable);
    }

    /** A shared variable as an expression and as a target. */
    String variable(Variable variable) {
        return captures.isBoxed(variable) ? slot(variable) + ".v" : slot(variable);
    }

    private String plain(Node node) {
        if (node instanceof FunctionNode && plan.lifts(node) && printing.add(node)) {
            String text = plain(node);
            printing.remove(node);
            return text;
        }
        if (node instanceof Identifier name) {
            return name(name);
        }
        if (node instanceof Part.Property property && property.shorthand()) {
            return shorthand(property.key(), property.value());
        }
        if (node instanceof Part.AssignmentProperty property && property.shorthand()) {
            return shorthand(property.key(), property.value());
        }
        if (node instanceof Statement.VariableDeclaration declaration && isShared(declaration)) {
            return undeclared(declaration) + ";";
        }
        return node instanceof Expression.SequenceExpression ? "(" + spliced(node) + ")" : spliced(node);
    }

    /** A statement with other text in the place of its expression. */
    String around(Node statement, Node expression, String text) {
        String all = source.script().javaScript();
        return all.substring(statement.span().start(), expression.span().start())
                + text
                + all.substring(expression.span().end(), statement.span().end());
    }

    /** A class declaration as the value its variable gets. */
    String classValue(Statement.ClassDeclaration type) {
        return ownName(type, type.id());
    }

    private String spliced(Node node) {
        StringBuilder text = new StringBuilder();
        int at = node.span().start();
        Node head = loopHead(node);
        List<Node> children = node.children().stream()
                .sorted(Comparator.comparingInt(child -> child.span().start()))
                .toList();
        for (Node child : children) {
            if (child.span().start() < at) {
                continue;
            }
            text.append(source.script().javaScript(), at, child.span().start());
            text.append(child == head ? text(loopTarget(child)) : part(node, child));
            at = child.span().end();
        }
        return text.append(source.script().javaScript(), at, node.span().end()).toString();
    }

    /**
     * {@code new f(x)(y)} makes an f: what is checked before it is made needs parentheses. In the head of a loop a
     * declaration has no semicolon of its own.
     */
    private String part(Node whole, Node child) {
        String text = text(child);
        if (whole instanceof Statement.ForStatement loop && loop.init() == child && text.endsWith(";")) {
            return text.substring(0, text.length() - 1);
        }
        boolean made = whole instanceof Expression.NewExpression creation && creation.callee() == child;
        return made && text.startsWith("$tdz(") ? "(" + text + ")" : text;
    }

    /** The declaration in the head of a for-of or for-in loop that stays whole. */
    private @Nullable Node loopHead(Node node) {
        Node left = node instanceof Statement.ForOfStatement loop
                ? loop.left()
                : node instanceof Statement.ForInStatement loop ? loop.left() : null;
        return left instanceof Statement.VariableDeclaration declaration && isShared(declaration) ? left : null;
    }

    /** What a loop head gives its values to. */
    static Node loopTarget(Node left) {
        return left instanceof Statement.VariableDeclaration declaration
                ? declaration.declarations().get(0).id()
                : left;
    }

    private String name(Identifier name) {
        Variable variable = source.scopes().variableOf(name).orElse(null);
        if (variable == null || !isShared(variable)) {
            return source.script().text(name);
        }
        String text = variable(variable);
        if (targets.isAssigned(name)) {
            return target(variable, text);
        }
        boolean checked = !targets.isDeclared(name) && variable.needsTdzCheck();
        return checked ? "$tdz(" + text + ", \"" + variable.name() + "\")" : text;
    }

    private static String target(Variable variable, String text) {
        String name = "\"" + variable.name() + "\"";
        if (isConstant(variable)) {
            return "$const(" + text + ", " + name + ").v";
        }
        return variable.needsTdzCheck()
                ? "$let(" + name + ", () => " + text + ", ($v) => { " + text + " = $v }).v"
                : text;
    }

    private static boolean isConstant(Variable variable) {
        return variable.kind() == Variable.Kind.CONST;
    }

    /** A variable of all steps; in a function that is printed its own ones are not. */
    boolean isShared(Variable variable) {
        return plan.isShared(variable.scope().node()) && !isPrinted(variable.scope());
    }

    private boolean isPrinted(Scope scope) {
        Optional<Scope> at = printing.isEmpty() ? Optional.empty() : Optional.of(scope);
        while (at.isPresent()) {
            if (printing.contains(at.get().node())) {
                return true;
            }
            at = at.get().parent();
        }
        return false;
    }

    private String shorthand(Expression key, Node value) {
        String text = text(value);
        String word = source.script().text(key);
        boolean same = text.equals(word)
                || (text.startsWith(word)
                        && value instanceof Pattern.AssignmentPattern pattern
                        && text(pattern.left()).equals(word));
        return same ? text : word + ": " + text;
    }

    boolean isShared(Statement.VariableDeclaration declaration) {
        for (Part.VariableDeclarator declarator : declaration.declarations()) {
            for (Identifier name : Targets.names(declarator.id())) {
                return source.scopes().variableOf(name).filter(this::isShared).isPresent();
            }
        }
        return printing.isEmpty() && plan.lifts(declaration);
    }

    private String undeclared(Statement.VariableDeclaration declaration) {
        List<String> parts = new ArrayList<>();
        for (Part.VariableDeclarator declarator : declaration.declarations()) {
            String part = assignment(declarator, declarator.init() == null ? null : text(declarator.init()));
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join(", ", parts);
    }

    /** A declaration as the assignment it is for a shared variable; empty when there is nothing to assign. */
    String assignment(Part.VariableDeclarator declarator, @Nullable String value) {
        String target = text(declarator.id());
        if (value == null) {
            return needsReset(declarator.id()) ? target + " = undefined" : "";
        }
        if (declarator.id() instanceof Identifier name && declarator.init() != null) {
            return target + " = " + named(name, target, declarator.init(), value);
        }
        return "(" + target + " = " + value + ")";
    }

    /**
     * A function without name is called like the variable it is first assigned to, also where that got another name.
     */
    private String named(Identifier name, String target, Expression init, String value) {
        boolean keeps = target.equals(name.name()) && takenBy(init).isEmpty();
        return !GivenName.isNameless(init) || keeps ? value : "$named(\"" + name.name() + "\", " + value + ")";
    }

    private boolean needsReset(Pattern pattern) {
        return Targets.names(pattern).stream()
                .flatMap(name -> source.scopes().variableOf(name).stream())
                .anyMatch(variable -> variable.kind() != Variable.Kind.VAR
                        && (plan.isRepeated(variable.scope().node()) || variable.needsTdzCheck()));
    }
}
