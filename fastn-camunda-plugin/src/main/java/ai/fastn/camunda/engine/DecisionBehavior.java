package ai.fastn.camunda.engine;

import java.util.Optional;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.pvm.PvmTransition;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;

/**
 * An exclusive gateway whose conditions are author code: the first flow whose condition holds is taken, else the
 * default flow. A condition that throws inside a lifted {@code try} goes to its catch.
 */
final class DecisionBehavior extends AuthorCodeBehavior {

    DecisionBehavior() {
        super(RetryCycle.parse(Optional.empty()));
    }

    @Override
    Next perform(ActiveRun run, ActivityExecution execution, int attempt) {
        PvmTransition chosen = choose(run, execution);
        return () -> execution.leaveActivityViaTransition(chosen);
    }

    private static PvmTransition choose(ActiveRun run, ActivityExecution execution) {
        for (PvmTransition flow : execution.getActivity().getOutgoingTransitions()) {
            if (flow.getProperty(BpmnParse.PROPERTYNAME_CONDITION) instanceof FastnCondition condition
                    && run.live().decide(condition.flowId(), run.deadline())) {
                return flow;
            }
        }
        String defaultFlow = (String) execution.getActivity().getProperty("default");
        PvmTransition otherwise = execution.getActivity().findOutgoingTransition(defaultFlow);
        if (otherwise == null) {
            throw new IllegalStateException(
                    "bug: gateway \"" + execution.getActivity().getId() + "\" has no default flow");
        }
        return otherwise;
    }
}
