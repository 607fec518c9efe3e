package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.Program;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.runtime.PvmExecutionImpl;
import org.jspecify.annotations.Nullable;

/**
 * A step with Fastn code in a process that a person has drawn: a program of its own, and each visit of a token is a run
 * of it ({@code docs/decisions/0054}).
 *
 * @param workflow under which name the runs are in the Execution Log, and their state is kept
 * @param resultVariable the process variable that takes what the code returns; null = none
 */
record ModelledStep(
        WorkflowSlug workflow, Program program, @Nullable String resultVariable) {

    private static final String PROPERTY = "fastn.modelledStep";

    void attachTo(ActivityImpl activity) {
        activity.setProperty(PROPERTY, this);
    }

    /** Whether a token stands at such a step. */
    static boolean isAt(PvmExecutionImpl execution) {
        PvmActivity activity = execution.getActivity();
        return activity != null && activity.getProperty(PROPERTY) instanceof ModelledStep;
    }

    /** The run of this visit: the engine names the visit, and keeps the name until the token has left. */
    static ExecutionId idOf(ExecutionEntity execution) {
        String visit = execution.getProcessInstanceId() + " " + execution.getActivityInstanceId();
        return new ExecutionId(
                UUID.nameUUIDFromBytes(visit.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
