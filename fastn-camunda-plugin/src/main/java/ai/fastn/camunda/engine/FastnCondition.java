package ai.fastn.camunda.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.Condition;

/** Marks a sequence flow whose condition is author code; {@link DecisionBehavior} evaluates it. */
record FastnCondition(String flowId) implements Condition {

    @Override
    public boolean evaluate(DelegateExecution execution) {
        throw new IllegalStateException(
                "bug: condition of flow \"" + flowId + "\" is evaluated outside a Fastn decision");
    }

    @Override
    public boolean evaluate(VariableScope scope, DelegateExecution execution) {
        return evaluate(execution);
    }

    @Override
    public boolean tryEvaluate(VariableScope scope, DelegateExecution execution) {
        return evaluate(execution);
    }
}
