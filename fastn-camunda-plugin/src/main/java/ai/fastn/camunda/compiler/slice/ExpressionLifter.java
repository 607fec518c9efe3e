package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.AwaitExpression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the effects out of an expression, in the order JavaScript evaluates it. Afterwards its text is valid: what ran
 * in earlier steps is replaced by where its value is. The last effect of a statement stays where it is when nothing
 * decides whether it runs: then the statement itself is the step, in the author's words.
 */
final class ExpressionLifter {

    private final Lifting lifting;
    private final Units units;
    private final ChainLifter chains;
    private final OptionalChainLifter optionals;
    private final DispatchLifter dispatches;

    ExpressionLifter(Lifting lifting) {
        this.lifting = lifting;
        this.units = lifting.units;
        this.chains = new ChainLifter(lifting);
        this.optionals = new OptionalChainLifter(lifting);
        this.dispatches = new DispatchLifter(lifting);
    }

    /** Makes the text of a node valid; {@code last} says that its last effect may stay in it. */
    void lift(Node node, boolean last) {
        if (!units.has(node)) {
            return;
        }
        if (units.isUnit(node)) {
            unit((Expression) node, last);
        } else if (units.staysWhole(node) || (node instanceof Pattern && !(node instanceof Expression))) {
            whole(node, last);
        } else if (isBranching(node)) {
            branching((Expression) node);
        } else {
            parts(node, last);
        }
    }

    /** Whether lifting makes steps before the one the node's text ends in. */
    boolean emits(Node node, boolean last) {
        int count = units.count(node);
        if (count == 0) {
            return false;
        }
        if (!last || count > 1 || isBranching(node)) {
            return true;
        }
        if (units.isUnit(node)) {
            return inlined(node) != null || dispatch(node) != null || chain(node) != null;
        }
        return !units.staysWhole(node) && node.children().stream().anyMatch(child -> emits(child, true));
    }

    /** The helper that is laid into the place of a unit. */
    private @Nullable FunctionNode inlined(Node unit) {
        return units.isUnit(unit) ? lifting.plan.inlined(Units.awaited(unit)) : null;
    }

    private @Nullable Dispatch dispatch(Node unit) {
        return units.isUnit(unit) ? lifting.plan.dispatch(Units.awaited(unit)) : null;
    }

    /** Whether an operator decides if an effect runs. */
    boolean isBranching(Node node) {
        if (node instanceof Expression.LogicalExpression logical) {
            return units.has(logical.right());
        }
        if (node instanceof Expression.ConditionalExpression choice) {
            return units.has(choice.consequent()) || units.has(choice.alternate());
        }
        if (node instanceof Expression.ChainExpression chain) {
            return !units.staysWhole(chain) && OptionalChainLifter.lastWaiting(OptionalChain.of(chain), units) >= 0;
        }
        return node instanceof Expression.AssignmentExpression assignment
                && isLogicalAssignment(assignment)
                && units.has(assignment.right());
    }

    static boolean isLogicalAssignment(Expression.AssignmentExpression assignment) {
        return List.of("&&=", "||=", "??=").contains(assignment.operator());
    }

    private @Nullable Chain chain(Node unit) {
        return units.isUnit(unit) ? lifting.plan.chain(Units.awaited(unit)) : null;
    }

    private void unit(Expression unit, boolean last) {
        Chain chain = chain(unit);
        if (chain != null) {
            String result = lifting.temp("t");
            chains.lift(chain, result);
            lifting.renderer.replace(unit, result);
            return;
        }
        if (inlined(unit) != null || dispatch(unit) != null) {
            String result = lifting.temp("t");
            laidOut(unit, new SlotSink(lifting, result));
            lifting.renderer.replace(unit, result);
            return;
        }
        if (unit instanceof AwaitExpression waiting) {
            lift(waiting.argument(), false);
        } else {
            parts(unit, false);
        }
        if (!last) {
            extract(unit);
        }
    }

    private void whole(Node node, boolean last) {
        if (!last) {
            extract(node);
        }
    }

    private void extract(Node node) {
        String value = lifting.temp("t");
        lifting.graph.code(lifting.piece(value + " = " + lifting.text(node) + ";", node));
        lifting.renderer.replace(node, value);
    }

    private void branching(Expression node) {
        String value = lifting.temp("t");
        into(node, new SlotSink(lifting, value));
        lifting.renderer.replace(node, value);
    }

    /** Computes an expression and gives its value to the sink, once on each way. */
    void into(Expression node, Sink sink) {
        if (!isBranching(node)) {
            if (!laidOut(node, sink)) {
                lift(node, true);
                sink.accept(lifting.text(node), node);
            }
        } else if (node instanceof Expression.ConditionalExpression choice) {
            choice(choice, sink);
        } else if (node instanceof Expression.LogicalExpression logical) {
            logical(logical, sink);
        } else if (node instanceof Expression.ChainExpression chain) {
            optionals.into(chain, sink);
        } else if (node instanceof Expression.AssignmentExpression assignment) {
            logicalAssignment(assignment, sink);
        }
    }

    /** A helper or a promise chain whose value goes straight to the sink. */
    private boolean laidOut(Expression node, Sink sink) {
        Chain chain = chain(node);
        if (chain != null) {
            String wanted = sink.slot();
            String slot = wanted == null ? lifting.temp("t") : wanted;
            chains.lift(chain, slot);
            sink.accept(slot, null);
            return true;
        }
        FunctionNode helper = inlined(node);
        if (helper != null) {
            lifting.inliner.inline((CallExpression) Units.awaited(node), helper, sink);
        }
        Dispatch dispatch = dispatch(node);
        if (dispatch != null) {
            dispatches.lift((CallExpression) Units.awaited(node), dispatch, sink);
        }
        return helper != null || dispatch != null;
    }

    private void choice(Expression.ConditionalExpression choice, Sink sink) {
        Label yes = new Label();
        Label no = new Label();
        Label end = new Label();
        lifting.conditions.lift(choice.test(), yes, no);
        lifting.graph.place(yes);
        into(choice.consequent(), sink);
        lifting.graph.goTo(end);
        lifting.graph.place(no);
        into(choice.alternate(), sink);
        lifting.graph.place(end);
    }

    private void logical(Expression.LogicalExpression logical, Sink sink) {
        Label right = new Label();
        Label end = new Label();
        if (sink.discards() && !logical.operator().equals("??")) {
            boolean and = logical.operator().equals("&&");
            lifting.conditions.lift(logical.left(), and ? right : end, and ? end : right);
            lifting.graph.place(right);
            into(logical.right(), sink);
            lifting.graph.place(end);
            return;
        }
        String slot = sink.slot();
        String value = slot == null ? lifting.temp("t") : slot;
        into(logical.left(), new SlotSink(lifting, value));
        test(logical.operator(), value, logical.left(), right, end);
        lifting.graph.place(right);
        into(logical.right(), sink);
        if (slot == null) {
            Label done = new Label();
            lifting.graph.goTo(done);
            lifting.graph.place(end);
            sink.accept(value, null);
            lifting.graph.place(done);
        } else {
            lifting.graph.place(end);
        }
    }

    private void test(String operator, String value, Node left, Label right, Label end) {
        String question = Questions.of((Expression) left, lifting.source.script());
        String operation = operator.replace("=", "");
        if (operation.equals("&&")) {
            lifting.conditions.decide(value, question, right, end, (Expression) left);
        } else if (operation.equals("||")) {
            lifting.conditions.decide(value, question, end, right, (Expression) left);
        } else {
            lifting.conditions.decide(value + " != null", question, end, right, (Expression) left);
        }
    }

    private void logicalAssignment(Expression.AssignmentExpression assignment, Sink sink) {
        lifting.operands.prepareTarget(assignment.left());
        String value = lifting.temp("t");
        Label right = new Label();
        Label end = new Label();
        lifting.graph.code(Piece.note(value + " = " + lifting.operands.read(assignment.left()) + ";"));
        Node left = assignment.left();
        Expression shown = left instanceof Expression expression ? expression : assignment;
        test(assignment.operator(), value, shown, right, end);
        lifting.graph.place(right);
        String target = lifting.text(left);
        into(
                assignment.right(),
                new TextSink((text, node) -> lifting.graph.code(lifting.piece(
                        value + " = " + target + " = " + text + ";", assignment.span(), node, List.of()))));
        lifting.graph.place(end);
        if (!sink.discards()) {
            sink.accept(value, null);
        }
    }

    private void parts(Node node, boolean last) {
        if (node instanceof CallExpression call) {
            lifting.operands.call(call, last);
        } else if (node instanceof Expression.AssignmentExpression assignment) {
            lifting.operands.assignment(assignment, last);
        } else if (node instanceof Expression.MemberExpression member) {
            lifting.operands.inOrder(
                    member.computed() ? List.of(member.object(), member.property()) : List.of(member.object()), last);
        } else if (node instanceof Expression.ChainExpression chain) {
            lift(OptionalChain.of(chain).head(), last);
        } else if (node instanceof Expression.ObjectExpression object) {
            lifting.operands.object(object, last);
        } else if (node instanceof Expression.TemplateLiteral template) {
            lifting.operands.template(template, last);
        } else if (node instanceof Expression.SequenceExpression sequence) {
            lifting.operands.sequence(sequence, last);
        } else if (node instanceof Expression.BinaryExpression
                || node instanceof Expression.NewExpression
                || node instanceof Expression.ArrayExpression
                || node instanceof Expression.UnaryExpression
                || node instanceof Expression.SpreadElement
                || node instanceof AwaitExpression
                || node instanceof Expression.LogicalExpression
                || node instanceof Expression.ConditionalExpression
                || node instanceof Part.Property) {
            lifting.operands.inOrder(first(node), last);
        } else {
            whole(node, last);
        }
    }

    private static List<Node> first(Node node) {
        if (node instanceof Expression.LogicalExpression logical) {
            return List.of(logical.left());
        }
        return node instanceof Expression.ConditionalExpression choice ? List.of(choice.test()) : node.children();
    }

    /** A sink made of one function. */
    record TextSink(Taker taker) implements Sink {

        @Override
        public void accept(String text, @Nullable Node value) {
            taker.take(text, value);
        }

        /** Takes a value. */
        interface Taker {
            void take(String text, @Nullable Node value);
        }
    }
}
