package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The list rule: an operand is saved when a later operand ends a step, unless its value can not change till then. */
final class Operands {

    private final Lifting lifting;

    Operands(Lifting lifting) {
        this.lifting = lifting;
    }

    void inOrder(List<? extends Node> operands, boolean last) {
        int lastUnit = lastUnit(operands);
        int lastStep = lastStep(operands, lastUnit, last);
        for (int i = 0; i < operands.size(); i++) {
            Node operand = operands.get(i);
            lifting.expressions.lift(operand, last && i == lastUnit);
            if (i < lastStep && !isStable(operand)) {
                save(operand);
            }
        }
    }

    /** Evaluates operands in order, unless reading them later can neither fail nor give other values. */
    void settle(List<? extends Node> operands) {
        inOrder(operands, false);
        if (!operands.stream().allMatch(this::isCalm)) {
            operands.stream().filter(operand -> !isStable(operand)).forEach(this::save);
        }
    }

    /** Whether evaluating an operand calls nothing of the author's and can not fail. */
    boolean isCalm(Node operand) {
        if (operand instanceof Expression.ObjectExpression object) {
            return object.properties().stream()
                    .allMatch(member -> member instanceof Part.Property property
                            && !property.computed()
                            && isCalm(property.value()));
        }
        if (operand instanceof Expression.ArrayExpression array) {
            return array.elements().stream().allMatch(this::isCalm);
        }
        return operand instanceof Identifier name
                ? lifting.source
                        .scopes()
                        .variableOf(name)
                        .filter(variable -> !variable.needsTdzCheck())
                        .isPresent()
                : isStable(operand);
    }

    private int lastUnit(List<? extends Node> operands) {
        int found = -1;
        for (int i = 0; i < operands.size(); i++) {
            found = lifting.units.has(operands.get(i)) ? i : found;
        }
        return found;
    }

    private int lastStep(List<? extends Node> operands, int lastUnit, boolean last) {
        int found = -1;
        for (int i = 0; i < operands.size(); i++) {
            found = lifting.expressions.emits(operands.get(i), last && i == lastUnit) ? i : found;
        }
        return found;
    }

    private boolean emitsAny(List<? extends Node> operands, boolean last) {
        return lastStep(operands, lastUnit(operands), last) >= 0;
    }

    private void save(Node operand) {
        String value = lifting.temp("t");
        if (operand instanceof Expression.SpreadElement spread) {
            before(value + " = [" + lifting.text(spread) + "];", operand);
            lifting.renderer.replace(operand, "..." + value);
        } else {
            before(value + " = " + nameless(operand) + ";", operand);
            lifting.renderer.replace(operand, value);
        }
    }

    /** A class without name is not called like the place where it is kept. */
    private String nameless(Node operand) {
        String text = lifting.text(operand);
        return operand instanceof ClassNode type && type.id() == null ? "(0, " + text + ")" : text;
    }

    private void before(String text, Node node) {
        lifting.graph.before(lifting.piece(text, node));
    }

    /** Whether an operand gives the same value later. */
    boolean isStable(Node operand) {
        if (lifting.renderer.isSettled(operand)
                || operand instanceof Expression.Literal
                || operand instanceof Expression.Hole
                || operand instanceof Expression.ThisExpression
                || operand instanceof Expression.PrivateIdentifier
                || operand instanceof FunctionNode) {
            return true;
        }
        if (operand instanceof Identifier name) {
            return lifting.source
                    .scopes()
                    .variableOf(name)
                    .map(Operands::isConstant)
                    .orElseGet(() -> Naming.isGlobal(name.name()));
        }
        return operand instanceof Expression.MemberExpression member
                && !member.computed()
                && member.object() instanceof Identifier root
                && lifting.source.scopes().variableOf(root).isEmpty()
                && Naming.isGlobal(root.name());
    }

    private static boolean isConstant(Variable variable) {
        return !variable.isReassigned() && !variable.needsTdzCheck();
    }

    /** {@code f(a, b)}, {@code o.m(a, b)}: callee and receiver are read before the arguments, and called after them. */
    void call(Expression.CallExpression call, boolean last) {
        boolean effect = lifting.source.effects().of(call).isPresent();
        if (!emitsAny(call.arguments(), last) || isStable(call.callee()) || (effect && isPlainPath(call.callee()))) {
            List<Node> all = new ArrayList<>(List.of(call.callee()));
            all.addAll(call.arguments());
            if (effect && isPlainPath(call.callee())) {
                all.remove(0);
            }
            inOrder(all, last);
            return;
        }
        Callee callee = callee(call);
        inOrder(call.arguments(), last);
        lifting.renderer.rewrite(call, called(call, callee));
    }

    /** Reads the function that is called, and what it is called on, before the arguments. */
    Callee callee(Expression.CallExpression call) {
        if (call.callee() instanceof Identifier && isStable(call.callee())) {
            return new Callee(lifting.text(call.callee()), "undefined");
        }
        String self = "undefined";
        String function = lifting.temp("t");
        if (call.callee() instanceof Expression.MemberExpression member) {
            inOrder(member.computed() ? List.of(member.object(), member.property()) : List.of(member.object()), false);
            if (!isStable(member.object())) {
                save(member.object());
            }
            self = lifting.text(member.object());
        } else {
            lifting.expressions.lift(call.callee(), false);
        }
        before(function + " = " + lifting.text(call.callee()) + ";", call.callee());
        return new Callee(function, self);
    }

    /** The call of a function that was read before. */
    String called(Expression.CallExpression call, Callee callee) {
        String arguments = call.arguments().stream().map(lifting::text).collect(Collectors.joining(", "));
        String shown = CalleeText.of(call.callee(), lifting.source.script());
        String called =
                "$call(" + callee.function() + ", " + callee.self() + ", " + quoted(shown) + ", [" + arguments + "])";
        return call.optional() ? orNoFunction(callee.function(), called, arguments) : called;
    }

    /** Of what {@code f?.()} can not call, the engine's message shows the value. */
    static String orNoFunction(String function, String called, String arguments) {
        return "(typeof " + function + " === \"function\" ? " + called + " : " + function + "?.(" + arguments + "))";
    }

    /**
     * A callee that has been read.
     *
     * @param self what stands before the dot
     */
    record Callee(String function, String self) {}

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** {@code fastn.connector.hubspotCrm.getDeal}: reading it again gives the same function. */
    private boolean isPlainPath(Expression callee) {
        if (callee instanceof Expression.MemberExpression member) {
            return (!member.computed() || member.property() instanceof Expression.Literal)
                    && isPlainPath(member.object());
        }
        return isStable(callee);
    }

    void assignment(Expression.AssignmentExpression assignment, boolean last) {
        Pattern left = assignment.left();
        boolean pattern = !(left instanceof Identifier) && !(left instanceof Expression.MemberExpression);
        if (pattern) {
            lifting.expressions.lift(assignment.right(), last && !lifting.units.has(left));
            return;
        }
        if (!lifting.expressions.emits(assignment.right(), last) && !isMiscounted(assignment)) {
            prepareWhenCut(left);
            lifting.expressions.lift(assignment.right(), last);
            return;
        }
        prepareTarget(left);
        if (assignment.operator().equals("=")) {
            lifting.expressions.lift(assignment.right(), last);
            return;
        }
        String before = lifting.temp("t");
        lifting.graph.before(Piece.note(before + " = " + read(left) + ";"));
        lifting.expressions.lift(assignment.right(), last);
        String operator =
                assignment.operator().substring(0, assignment.operator().length() - 1);
        lifting.renderer.rewrite(
                assignment,
                lifting.text(left) + " = " + before + " " + operator + " (" + lifting.text(assignment.right()) + ")");
    }

    /** GraalJS 25.5 computes {@code o[k] += await x} wrongly: the old value is read as undefined. */
    private static boolean isMiscounted(Expression.AssignmentExpression assignment) {
        return !assignment.operator().equals("=")
                && assignment.left() instanceof Expression.MemberExpression member
                && member.computed();
    }

    private void prepareWhenCut(Pattern target) {
        if (lifting.units.has(target)) {
            prepareTarget(target);
        }
    }

    /** Evaluates what a member target consists of. */
    void prepareTarget(Pattern target) {
        if (target instanceof Expression.MemberExpression member) {
            lifting.expressions.lift(member.object(), false);
            if (!isStable(member.object())) {
                save(member.object());
            }
            if (member.computed()) {
                lifting.expressions.lift(member.property(), false);
                if (!(member.property() instanceof Expression.Literal)) {
                    String key = lifting.temp("t");
                    before(key + " = $key(" + lifting.text(member.property()) + ");", member.property());
                    lifting.renderer.replace(member.property(), key);
                }
            }
        }
    }

    /** The present value of a target. */
    String read(Pattern target) {
        if (target instanceof Identifier name) {
            return lifting.source
                    .scopes()
                    .variableOf(name)
                    .filter(lifting.renderer::isShared)
                    .map(lifting.renderer::variable)
                    .orElse(name.name());
        }
        return lifting.text(target);
    }

    void object(Expression.ObjectExpression object, boolean last) {
        List<Node> parts = new ArrayList<>();
        for (Node member : object.properties()) {
            if (member instanceof Part.Property property) {
                if (property.computed()) {
                    parts.add(property.key());
                }
                parts.add(property.value());
            } else {
                parts.add(member);
            }
        }
        int lastUnit = lastUnit(parts);
        int lastStep = lastStep(parts, lastUnit, last);
        for (int i = 0; i < parts.size(); i++) {
            Node part = parts.get(i);
            lifting.expressions.lift(part, last && i == lastUnit);
            if (i < lastStep && !isStable(part)) {
                savePart(object, part);
            }
        }
    }

    private void savePart(Expression.ObjectExpression object, Node part) {
        String value = lifting.temp("t");
        boolean key = object.properties().stream()
                .anyMatch(member ->
                        member instanceof Part.Property property && property.key() == part && property.computed());
        if (key) {
            before(value + " = $key(" + lifting.text(part) + ");", part);
        } else if (part instanceof Expression.SpreadElement spread) {
            before(value + " = {" + lifting.text(spread) + "};", part);
        } else {
            before(value + " = " + lifting.text(part) + ";", part);
        }
        lifting.renderer.replace(part, part instanceof Expression.SpreadElement ? "..." + value : value);
    }

    void template(Expression.TemplateLiteral template, boolean last) {
        int lastUnit = lastUnit(template.expressions());
        int lastStep = lastStep(template.expressions(), lastUnit, last);
        for (int i = 0; i < template.expressions().size(); i++) {
            Expression part = template.expressions().get(i);
            lifting.expressions.lift(part, last && i == lastUnit);
            if (i < lastStep && !(part instanceof Expression.Literal)) {
                String value = lifting.temp("t");
                before(value + " = `${" + lifting.text(part) + "}`;", part);
                lifting.renderer.replace(part, value);
            }
        }
    }

    void sequence(Expression.SequenceExpression sequence, boolean last) {
        int lastUnit = lastUnit(sequence.expressions());
        int lastStep = lastStep(sequence.expressions(), lastUnit, last);
        for (int i = 0; i < sequence.expressions().size(); i++) {
            Expression part = sequence.expressions().get(i);
            lifting.expressions.lift(part, last && i == lastUnit);
            if (i < lastStep) {
                before(Code.expression(lifting.text(part)), part);
                lifting.renderer.replace(part, "0");
            }
        }
    }
}
