package ai.fastn.camunda.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.JobDeclaration;
import org.camunda.bpm.engine.impl.jobexecutor.TimerCatchIntermediateEventJobHandler;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.MessageEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.jspecify.annotations.Nullable;

/** Creates the jobs of Fastn runs. */
final class StepJobs {

    /** How long a step that hit the deadline leaves the timeout timer to end the run before it looks again. */
    private static final Duration TIMEOUT_GRACE = Duration.ofSeconds(5);

    private StepJobs() {}

    /** Stops the run before this element; the job goes on with it at once. */
    static void goOn(ActivityExecution execution, StepJob job) {
        send(message(execution, job));
    }

    /** The execution timeout has come and its timer is about to end the run. */
    static void awaitTimeout(ActivityExecution execution, StepJob job) {
        at(execution, job, RunSession.now().plus(TIMEOUT_GRACE));
    }

    /** Stops the run before this element until then. */
    static void at(ActivityExecution execution, StepJob job, Instant due) {
        MessageEntity message = message(execution, job);
        message.setDuedate(Date.from(due));
        send(message);
    }

    /**
     * Stops the run before this element until it has a place, which makes the job due.
     *
     * @return the id of the job
     */
    static String forPlace(ActivityExecution execution, StepJob job, Instant never) {
        MessageEntity message = message(execution, job);
        message.setJobHandlerType(StepJobHandler.FOR_PLACE);
        message.setDuedate(Date.from(never));
        send(message);
        return message.getId();
    }

    /** Another attempt after a wait. */
    static void retry(ActivityExecution execution, StepJob next, Duration wait, Failed failed) {
        MessageEntity message = message(execution, next);
        message.setDuedate(Date.from(RunSession.now().plus(wait)));
        describe(message, failed);
        send(message);
    }

    /** No attempt is left: a job without retries, which is an incident. */
    static void incident(ActivityExecution execution, StepJob next, Failed failed) {
        MessageEntity message = message(execution, next);
        message.insert();
        describe(message, failed);
        message.setFailedActivityId(execution.getActivity().getId());
        message.setRetries(0);
    }

    static void timer(ActivityExecution execution, TimerDeclarationImpl declared, Instant due) {
        TimerEntity timer = new TimerEntity();
        prepare(timer, execution, declared.getJobDefinitionId());
        timer.setJobHandlerType(TimerCatchIntermediateEventJobHandler.TYPE);
        timer.setJobHandlerConfiguration(new TimerCatchIntermediateEventJobHandler()
                .newConfiguration(execution.getActivity().getId()));
        timer.setDuedate(Date.from(due));
        Context.getCommandContext().getJobManager().schedule(timer);
    }

    /** What an operator sees on the job: message, and the stack mapped to the author's lines. */
    record Failed(String message, String stack) {}

    private static void describe(MessageEntity message, Failed failed) {
        message.setExceptionMessage(failed.message());
        message.setExceptionStacktrace(failed.stack());
    }

    private static void send(MessageEntity message) {
        Context.getCommandContext().getJobManager().send(message);
        if (message.getLockOwner() != null) { // this thread goes on with it after the commit
            message.setLockExpirationTime(LongLock.fromNow());
        }
    }

    private static MessageEntity message(ActivityExecution execution, StepJob job) {
        MessageEntity message = new MessageEntity();
        prepare(message, execution, jobDefinitionOf(execution.getActivity()));
        message.setJobHandlerType(StepJobHandler.TYPE);
        message.setJobHandlerConfiguration(job);
        message.setRetries(Math.max(1, job.retriesLeft()));
        return message;
    }

    private static void prepare(JobEntity job, ActivityExecution activityExecution, @Nullable String jobDefinitionId) {
        ExecutionEntity execution = (ExecutionEntity) activityExecution;
        job.setExecution(execution);
        job.setProcessDefinitionId(execution.getProcessDefinitionId());
        job.setProcessDefinitionKey(execution.getProcessDefinition().getKey());
        job.setTenantId(execution.getTenantId());
        job.setExclusive(true);
        if (jobDefinitionId != null) {
            job.setJobDefinitionId(jobDefinitionId);
            JobDefinitionEntity definition =
                    Context.getCommandContext().getJobDefinitionManager().findById(jobDefinitionId);
            if (definition != null && definition.isSuspended()) {
                job.setSuspensionState(definition.getSuspensionState());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable String jobDefinitionOf(PvmActivity activity) {
        List<JobDeclaration<?, ?>> declarations =
                (List<JobDeclaration<?, ?>>) activity.getProperty(BpmnParse.PROPERTYNAME_MESSAGE_JOB_DECLARATION);
        return declarations == null || declarations.isEmpty()
                ? null
                : declarations.get(0).getJobDefinitionId();
    }
}
