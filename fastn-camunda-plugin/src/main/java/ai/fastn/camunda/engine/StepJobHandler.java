package ai.fastn.camunda.engine;

import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.pvm.runtime.operation.PvmAtomicOperation;

/** Continues a run at the element where its token waits: after a checkpoint, or for another attempt. */
final class StepJobHandler implements JobHandler<StepJob> {

    static final String TYPE = "fastn-step";

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public void execute(StepJob stored, ExecutionEntity execution, CommandContext context, String tenantId) {
        JobEntity job = context.getCurrentJob();
        int retries = job == null ? 1 : Math.max(1, job.getRetries());
        RunSession.current().resume(execution, new StepJob(stored.attempt(), retries));
        execution.performOperation(PvmAtomicOperation.ACTIVITY_EXECUTE);
    }

    @Override
    public StepJob newConfiguration(String canonicalString) {
        return StepJob.parse(canonicalString, 1);
    }

    @Override
    public void onDelete(StepJob configuration, JobEntity job) {
        // nothing of ours hangs on the job
    }
}
