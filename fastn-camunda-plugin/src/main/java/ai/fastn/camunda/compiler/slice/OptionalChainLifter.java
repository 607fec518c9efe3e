package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.MemberExpression;
import java.util.List;
import java.util.stream.Collectors;

/** An optional chain with an effect behind a {@code ?.}: each {@code ?.} before it is a question. */
final class OptionalChainLifter {

    private final Lifting lifting;

    OptionalChainLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    /** The last link that waits; -1 when only the head does. */
    static int lastWaiting(OptionalChain chain, Units units) {
        int last = -1;
        for (int i = 0; i < chain.links().size(); i++) {
            last = ownParts(chain.links().get(i)).stream().anyMatch(units::has) ? i : last;
        }
        return last;
    }

    /** What a link evaluates besides the value before it. */
    private static List<Expression> ownParts(Expression link) {
        if (link instanceof CallExpression call) {
            return call.arguments();
        }
        return link instanceof MemberExpression member && member.computed() ? List.of(member.property()) : List.of();
    }

    void into(Expression.ChainExpression node, Sink sink) {
        OptionalChain chain = OptionalChain.of(node);
        String result = lifting.temp("t");
        String value = lifting.temp("t");
        lifting.expressions.lift(chain.head(), false);
        lifting.graph.code(lifting.piece(
                result + " = undefined; " + value + " = " + lifting.text(chain.head()) + ";", chain.head()));
        Label end = new Label();
        int last = lastWaiting(chain, lifting.units);
        String self = "undefined";
        for (int i = 0; i <= last; i++) {
            Expression link = chain.links().get(i);
            if (OptionalChain.isOptional(link)) {
                ask(value, link, end);
            }
            if (link instanceof MemberExpression member) {
                self = read(member, value);
            } else if (link instanceof CallExpression call) {
                call(call, value, self);
                self = "undefined";
            }
        }
        lifting.renderer.replace(chain.links().get(last), value);
        lifting.graph.code(lifting.piece(result + " = " + lifting.text(node) + ";", node));
        lifting.graph.place(end);
        sink.accept(result, null);
    }

    private void ask(String value, Expression link, Label end) {
        Expression before =
                link instanceof MemberExpression member ? member.object() : ((CallExpression) link).callee();
        Label there = new Label();
        lifting.conditions.decide(
                value + " != null", Questions.of(before, lifting.source.script()), there, end, before);
        lifting.graph.place(there);
    }

    private String read(MemberExpression member, String value) {
        lifting.operands.inOrder(ownParts(member), false);
        String self = lifting.temp("t");
        String key =
                member.computed() ? "[" + lifting.text(member.property()) + "]" : "." + lifting.text(member.property());
        lifting.graph.code(
                lifting.piece(self + " = " + value + "; " + value + " = " + self + key + ";", member.property()));
        return self;
    }

    private void call(CallExpression call, String value, String self) {
        lifting.operands.inOrder(call.arguments(), false);
        String arguments = call.arguments().stream().map(lifting::text).collect(Collectors.joining(", "));
        String shown = Operands.quoted(CalleeText.inChain(call.callee(), lifting.source.script()));
        String called = "$call(" + value + ", " + self + ", " + shown + ", [" + arguments + "])";
        String text = call.optional() ? Operands.orNoFunction(value, called, arguments) : called;
        lifting.graph.code(lifting.piece(value + " = " + text + ";", call));
    }
}
