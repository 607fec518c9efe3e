package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Expression.MemberExpression;
import java.util.List;

/**
 * A call that chooses one of several functions: a question that compares the function it has with those of the table,
 * each of them laid down behind its answer. Whatever else it may be is called as the author wrote it.
 */
final class DispatchLifter {

    private final Lifting lifting;

    DispatchLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    void lift(CallExpression call, Dispatch dispatch, Sink sink) {
        Operands.Callee callee = isPlainLookup(call, dispatch)
                ? new Operands.Callee(
                        lifting.text(call.callee()), lifting.text(((MemberExpression) call.callee()).object()))
                : lifting.operands.callee(call);
        Label end = new Label();
        if (call.optional()) {
            skipWithout(call, callee, sink, end);
        }
        lifting.operands.settle(call.arguments());
        Draft decision = lifting.graph.step(new Action.Decision(dispatch.question()), call.span());
        if (decision == null) {
            return;
        }
        for (Dispatch.Candidate candidate : dispatch.candidates()) {
            String guess = callee.function() + " === " + place(candidate);
            lifting.graph.open(lifting.graph.branch(decision, candidate.label(), guess));
            lifting.inliner.inline(call, candidate.function(), callee.self(), sink);
            lifting.graph.goTo(end);
        }
        lifting.graph.open(lifting.graph.branch(decision, "otherwise", null));
        otherwise(call, dispatch, callee, sink);
        lifting.graph.place(end);
    }

    /** {@code table[key]?.(value)}: where there is no function, not even the arguments are looked at. */
    private void skipWithout(CallExpression call, Operands.Callee callee, Sink sink, Label end) {
        Label there = new Label();
        Label missing = new Label();
        String question = Questions.there(call.callee(), lifting.source.script());
        lifting.conditions.decide(callee.function() + " != null", question, there, missing, call.callee());
        lifting.graph.place(missing);
        if (!sink.discards()) {
            sink.accept("undefined", null);
        }
        lifting.graph.goTo(end);
        lifting.graph.place(there);
    }

    /** {@code table[key](value)}: reading the table again gives the same function. */
    private boolean isPlainLookup(CallExpression call, Dispatch dispatch) {
        return call.callee() instanceof MemberExpression member
                && member.computed()
                && member.object() instanceof Identifier table
                && lifting.source
                        .scopes()
                        .variableOf(table)
                        .filter(dispatch.candidates().get(0).holder()::equals)
                        .isPresent()
                && lifting.operands.isStable(table)
                && lifting.operands.isStable(member.property())
                && call.arguments().stream().allMatch(lifting.operands::isCalm);
    }

    private String place(Dispatch.Candidate candidate) {
        Variable holder = candidate.holder();
        boolean mayBeMissing = holder.needsTdzCheck() || holder.kind() == Variable.Kind.VAR;
        String dot = mayBeMissing && !candidate.member().isEmpty()
                ? "?" + (candidate.member().startsWith(".") ? "" : ".")
                : "";
        return lifting.renderer.variable(holder) + dot + candidate.member();
    }

    private void otherwise(CallExpression call, Dispatch dispatch, Operands.Callee callee, Sink sink) {
        List<EffectUse> effects = dispatch.others().stream()
                .flatMap(other -> lifting.performedBy(other.function().body()).stream())
                .distinct()
                .toList();
        String slot = sink.slot() == null ? lifting.temp("t") : sink.slot();
        String text = slot + " = await " + lifting.operands.called(call, callee) + ";";
        lifting.graph.code(lifting.piece(text, call, effects));
        if (!sink.discards()) {
            sink.accept(slot, null);
        }
    }
}
