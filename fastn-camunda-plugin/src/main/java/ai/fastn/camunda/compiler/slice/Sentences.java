package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Expression.LiteralKind;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in a short sentence, verb first, what code does: what a modeler would write on a task. */
final class Sentences {

    private static final Map<String, String> INTO = Map.of("push", "Add to ", "unshift", "Add to ", "add", "Add to ");
    private static final Map<String, String> ON =
            Map.of("forEach", "Go through ", "pop", "Take from ", "shift", "Take from ", "splice", "Cut ");

    private final Script script;
    private final Questions questions;

    Sentences(Script script) {
        this.script = script;
        this.questions = new Questions(script);
    }

    String of(Node node) {
        return Words.cut(node instanceof Statement statement ? statement(statement) : value(node));
    }

    private String statement(Statement statement) {
        if (statement instanceof Statement.ExpressionStatement expression) {
            return expression(expression.expression());
        }
        if (statement instanceof Statement.BlockStatement block) {
            return block.body().isEmpty()
                    ? "Do nothing"
                    : statement(block.body().get(0));
        }
        if (statement instanceof Statement.LabeledStatement labeled) {
            return statement(labeled.body());
        }
        if (statement instanceof Statement.ThrowStatement failing) {
            return failure(failing.argument());
        }
        if (statement instanceof Statement.VariableDeclaration declaration) {
            return "Prepare "
                    + Words.list(declaration.declarations().stream()
                            .flatMap(variable -> Targets.names(variable.id()).stream())
                            .map(Identifier::name)
                            .toList());
        }
        return control(statement);
    }

    private String control(Statement statement) {
        if (statement instanceof Statement.IfStatement choice) {
            return choice.alternate() == null
                    ? statement(choice.consequent()) + " if " + questions.phrase(choice.test())
                    : "Check " + questions.phrase(choice.test());
        }
        if (statement instanceof Statement.ForOfStatement loop) {
            return "Go through " + questions.noun(loop.right());
        }
        if (statement instanceof Statement.ForInStatement loop) {
            return "Go through " + questions.noun(loop.right());
        }
        if (statement instanceof Statement.Loop loop) {
            return repeating(loop);
        }
        if (statement instanceof Statement.SwitchStatement choice) {
            return "Choose by " + questions.noun(choice.discriminant());
        }
        if (statement instanceof Statement.TryStatement attempt) {
            return "Try: " + Words.lower(statement(attempt.block()));
        }
        return statement instanceof Statement.ReturnStatement ? "Prepare result" : text(statement);
    }

    private String repeating(Statement.Loop loop) {
        Expression test = Loops.test(loop);
        return test == null ? "Repeat" : "Repeat while " + questions.phrase(test);
    }

    /** {@code "Fail: order … is unknown"} out of the text of an error, else out of what is thrown. */
    private String failure(Expression thrown) {
        return message(thrown)
                .map(text -> "Fail: " + text)
                .orElseGet(() -> thrown instanceof Expression.NewExpression creation
                        ? "Fail with " + questions.noun(creation.callee())
                        : "Fail with " + questions.noun(thrown));
    }

    private Optional<String> message(Expression thrown) {
        List<Expression> arguments = thrown instanceof Expression.NewExpression creation
                ? creation.arguments()
                : thrown instanceof Expression.CallExpression call ? call.arguments() : List.of(thrown);
        return arguments.stream()
                .map(this::words)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /** The text of a constant or of the constant parts of a template. */
    private String words(Expression text) {
        if (text instanceof Expression.Literal literal && literal.kind() == LiteralKind.STRING) {
            return literal.value();
        }
        if (text instanceof Expression.BinaryExpression sum && sum.operator().equals("+")) {
            String left = words(sum.left());
            return left.isBlank() ? "" : left.strip() + " …";
        }
        if (!(text instanceof Expression.TemplateLiteral template)) {
            return "";
        }
        List<String> parts =
                template.quasis().stream().map(Part.TemplateElement::raw).toList();
        return parts.stream().allMatch(String::isBlank)
                ? ""
                : String.join("…", parts).replaceAll("\\s+", " ").strip();
    }

    private String expression(Expression expression) {
        if (expression instanceof Expression.UpdateExpression update) {
            String direction = update.operator().equals("++") ? "up " : "down ";
            return "Count " + direction + questions.noun(update.argument());
        }
        if (expression instanceof Expression.AssignmentExpression assignment) {
            return assignment(assignment);
        }
        if (expression instanceof Expression.UnaryExpression unary
                && unary.operator().equals("delete")
                && unary.argument() instanceof Expression.MemberExpression member) {
            return "Remove " + questions.noun(member.property()) + " from " + questions.noun(member.object());
        }
        if (expression instanceof Expression.CallExpression call) {
            return call(call);
        }
        if (expression instanceof Expression.ChainExpression chain) {
            return expression(chain.expression());
        }
        return expression instanceof Expression.SequenceExpression sequence
                ? expression(sequence.expressions().get(0))
                : value(expression);
    }

    private String assignment(Expression.AssignmentExpression assignment) {
        String target = assignment.left() instanceof Expression place
                ? questions.noun(place)
                : Words.list(Targets.names(assignment.left()).stream()
                        .map(Identifier::name)
                        .toList());
        return switch (assignment.operator()) {
            case "=" -> "Set " + target;
            case "+=" -> "Add " + questions.noun(assignment.right()) + " to " + target;
            case "-=" -> "Subtract " + questions.noun(assignment.right()) + " from " + target;
            default -> "Update " + target;
        };
    }

    private String call(Expression.CallExpression call) {
        if (!(call.callee() instanceof Expression.MemberExpression member)
                || !(member.property() instanceof Identifier method)
                || member.computed()) {
            String name = calling(call.callee());
            return name.contains(" ") ? name : "Run " + Words.lower(name);
        }
        String object = questions.noun(member.object());
        if (object.equals("console")) {
            return "Log " + message(call).map(text -> "\"" + text + "\"").orElse("a line");
        }
        if (INTO.containsKey(method.name())) {
            return INTO.get(method.name()) + object;
        }
        if (ON.containsKey(method.name())) {
            return ON.get(method.name()) + object;
        }
        if (call.arguments().size() == 2 && method.name().equals("set")) {
            return "Set " + questions.noun(call.arguments().get(0)) + " in " + object;
        }
        if (call.arguments().size() == 1 && method.name().equals("delete")) {
            return "Remove " + questions.noun(call.arguments().get(0)) + " from " + object;
        }
        return calling(call.callee());
    }

    /** What calling a function does, by the names the author gave: {@code notifyOwner}, {@code lock.release}. */
    String calling(Expression callee) {
        if (callee instanceof Identifier name) {
            return Words.capital(Words.spoken(name.name()));
        }
        if (callee instanceof Expression.ChainExpression chain) {
            return calling(chain.expression());
        }
        if (callee instanceof Expression.MemberExpression member
                && !member.computed()
                && member.property() instanceof Identifier method) {
            String verb = Words.capital(Words.spoken(method.name()));
            return verb.contains(" ") || isUnspeakable(member.object())
                    ? verb
                    : verb + " " + questions.noun(member.object());
        }
        return callee instanceof FunctionNode ? "Run function" : "Run " + questions.noun(callee);
    }

    private static boolean isUnspeakable(Expression object) {
        return !(object instanceof Identifier)
                && !(object instanceof Expression.MemberExpression member && !member.computed());
    }

    /** An expression whose value is wanted. */
    private String value(Node node) {
        if (node instanceof Expression.AwaitExpression waiting) {
            return waiting.argument() instanceof Expression.CallExpression call
                    ? call(call)
                    : "Wait for " + questions.noun(waiting.argument());
        }
        if (node instanceof Expression.ObjectExpression object) {
            String keys = Words.list(keys(object));
            return "Prepare " + (keys.isEmpty() ? "object" : keys);
        }
        if (node instanceof Expression.CallExpression
                || node instanceof Expression.AssignmentExpression
                || node instanceof Expression.UpdateExpression) {
            return expression((Expression) node);
        }
        if (node instanceof Expression.Literal literal) {
            return "Use " + literal(literal);
        }
        return composed(node);
    }

    private String composed(Node node) {
        if (node instanceof Expression.ArrayExpression) {
            return "Prepare list";
        }
        if (node instanceof Expression.TemplateLiteral) {
            return "Prepare text";
        }
        if (node instanceof FunctionNode) {
            return "Prepare function";
        }
        if (node instanceof Part.VariableDeclarator variable) {
            return "Prepare "
                    + Words.list(Targets.names(variable.id()).stream()
                            .map(Identifier::name)
                            .toList());
        }
        if (node instanceof Identifier || node instanceof Expression.MemberExpression) {
            return "Use " + questions.noun((Expression) node);
        }
        return node instanceof Expression expression ? "Work out " + questions.noun(expression) : text(node);
    }

    private static String literal(Expression.Literal literal) {
        return switch (literal.kind()) {
            case NULL -> "nothing";
            case BOOLEAN -> literal.value().equals("true") ? "yes" : "no";
            default -> literal.value().isBlank() ? "empty text" : literal.value();
        };
    }

    private static List<String> keys(Expression.ObjectExpression object) {
        List<String> keys = new ArrayList<>();
        for (Node member : object.properties()) {
            @Nullable Node key = member instanceof Part.Property property && !property.computed() ? property.key() : null;
            if (key instanceof Identifier name) {
                keys.add(name.name());
            }
        }
        return keys;
    }

    private String text(Node node) {
        return "Run "
                + script.text(node).replaceAll("\\s+", " ").replaceAll(";$", "").strip();
    }
}
