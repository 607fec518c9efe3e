package ai.fastn.camunda.engine;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.pvm.runtime.operation.PvmAtomicOperation;

/** Continues a run at the element where its token waits: after a checkpoint, for another attempt, or for a place. */
final class StepJobHandler implements JobHandler<StepJob> {

    static final String TYPE = "fastn-step";

    /** The run waits for a place under its concurrency limits. */
    static final String FOR_PLACE = "fastn-place";

    private final String type;

    StepJobHandler(String type) {
        this.type = type;
    }

    /** Whether a job continues a run where its token waits. */
    static boolean isOf(JobEntity job) {
        return TYPE.equals(job.getJobHandlerType()) || FOR_PLACE.equals(job.getJobHandlerType());
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public void execute(StepJob stored, ExecutionEntity execution, CommandContext context, String tenantId) {
        JobEntity current = context.getCurrentJob();
        StepJob job = stored.withRetries(current == null ? 1 : Math.max(1, current.getRetries()));
        if (type.equals(FOR_PLACE)) {
            RunSession.current().runOf(execution).waitedForPlace();
        }
        String target = job.resumeAt();
        if (target == null || target.equals(execution.getActivityId())) {
            RunSession.current().resume(execution, job);
            execution.performOperation(PvmAtomicOperation.ACTIVITY_EXECUTE);
        } else {
            moveTo(target, execution, job);
        }
    }

    /**
     * An error that a catch rethrew goes back to the effect it came from. The token is first set before that element,
     * which only creates its own job, and then taken away here: the scopes around both stay, and with them the
     * execution timeout.
     */
    private static void moveTo(String target, ExecutionEntity execution, StepJob job) {
        RunSession.current().parkAt(target, job.here());
        Context.getProcessEngineConfiguration()
                .getRuntimeService()
                .createProcessInstanceModification(execution.getProcessInstanceId())
                .startBeforeActivity(target)
                .cancelActivityInstance(execution.getActivityInstanceId())
                .execute();
    }

    @Override
    public StepJob newConfiguration(String canonicalString) {
        return StepJob.parse(canonicalString);
    }

    @Override
    public void onDelete(StepJob configuration, JobEntity job) {
        // nothing of ours hangs on the job
    }
}
