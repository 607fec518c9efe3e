package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;

/** Conditions that contain effects branch straight to their two targets. */
final class ConditionLifter {

    private final Lifting lifting;

    ConditionLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    /** Leads to {@code yes} when the expression is true, else to {@code no}. */
    void lift(Expression test, Label yes, Label no) {
        if (lifting.units.has(test)) {
            if (test instanceof Expression.UnaryExpression unary
                    && unary.operator().equals("!")) {
                lift(unary.argument(), no, yes);
                return;
            }
            if (test instanceof Expression.LogicalExpression logical
                    && !logical.operator().equals("??")) {
                logical(logical, yes, no);
                return;
            }
            lifting.expressions.lift(test, false);
        }
        if (test instanceof Expression.Literal literal && Loops.isConstant(literal)) {
            lifting.graph.goTo(literal.value().equals("true") ? yes : no);
            return;
        }
        decide(lifting.text(test), Questions.of(test, lifting.source.script()), yes, no, test);
    }

    private void logical(Expression.LogicalExpression logical, Label yes, Label no) {
        Label middle = new Label();
        if (logical.operator().equals("&&")) {
            lift(logical.left(), middle, no);
        } else {
            lift(logical.left(), yes, middle);
        }
        lifting.graph.place(middle);
        lift(logical.right(), yes, no);
    }

    /** A gateway with the two answers. */
    void decide(String condition, String question, Label yes, Label no, Expression test) {
        Draft decision = lifting.graph.step(new Action.Decision(question), test.span());
        if (decision != null) {
            yes.arriving.add(lifting.graph.branch(decision, "yes", condition));
            no.arriving.add(lifting.graph.branch(decision, "no", null));
        }
    }
}
