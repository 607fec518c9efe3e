package ai.fastn.camunda.engine;

import java.util.List;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;

/** What happens to a step that waits without a thread when something that it waits for is there. */
final class StepArrivals {

    private StepArrivals() {}

    /**
     * What the step waits for is there, and it goes on in a job; where one executes it at this moment or is about to,
     * that one finds out before it waits again. The run is locked.
     */
    static void arrived(EventSubscriptionEntity subscription) {
        ExecutionEntity execution = subscription.getExecution();
        List<JobEntity> jobs =
                Context.getCommandContext().getJobManager().findJobsByExecutionId(execution.getId()).stream()
                        .filter(StepJobHandler::isOf)
                        .toList();
        if (jobs.stream().noneMatch(job -> isUnderWay(job) || isDue(job))) {
            StepJob job = WaitingCall.parse(subscription.getConfiguration()).job();
            subscription.delete();
            jobs.forEach(JobEntity::delete);
            StepJobs.goOn(execution, job);
        }
    }

    private static boolean isDue(JobEntity job) {
        return job.getDuedate() == null || !job.getDuedate().toInstant().isAfter(RunSession.now());
    }

    private static boolean isUnderWay(JobEntity job) {
        return job.getLockExpirationTime() != null
                && job.getLockExpirationTime().toInstant().isAfter(RunSession.now());
    }
}
