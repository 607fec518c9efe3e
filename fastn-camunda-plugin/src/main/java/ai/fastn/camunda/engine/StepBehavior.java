package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.runtime.StepFailedException;
import ai.fastn.camunda.runtime.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.behavior.NoneEndEventActivityBehavior;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.camunda.bpm.engine.impl.pvm.PvmTransition;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;

/** A task of a Fastn process: one slice of the author's code. */
class StepBehavior extends AuthorCodeBehavior {

    private final boolean checkpointable;
    private final StepTimes times = new StepTimes(ActiveRun.BURST);

    /** @param checkpointable whether the BPMN allows a checkpoint before it ({@code asyncBefore}) */
    StepBehavior(RetryCycle retries, boolean checkpointable) {
        super(retries);
        this.checkpointable = checkpointable;
    }

    @Override
    boolean isCheckpoint(ActiveRun run) {
        return checkpointable && run.isCheckpointDue(times.areLong());
    }

    @Override
    Next perform(ActiveRun run, ActivityExecution execution, int attempt) {
        String id = execution.getActivity().getId();
        Instant began = RunSession.now();
        StepOutcome outcome = endsWorkflow(execution.getActivity())
                ? run.live().runLast(id, attempt, run.deadline())
                : run.live().run(id, attempt, run.deadline());
        times.add(Duration.between(began, RunSession.now()));
        if (outcome instanceof StepOutcome.Thrown thrown) {
            throw new StepFailedException(thrown.failure());
        }
        return () -> leave(execution);
    }

    /** Whether the only way on is an end event of the body itself: no code of the author's can follow. */
    private static boolean endsWorkflow(PvmActivity step) {
        List<PvmTransition> ways = step.getOutgoingTransitions();
        if (ways.size() != 1) {
            return false;
        }
        ActivityImpl next = (ActivityImpl) ways.get(0).getDestination();
        return next.getActivityBehavior() instanceof NoneEndEventActivityBehavior
                && next.getFlowScope().getId().equals(FastnBpmn.BODY);
    }
}
