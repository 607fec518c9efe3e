package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.MessageAddedNotification;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;

/** The engine's timer of an execution timeout, which stands still while its run can not go on. */
final class TimeoutTimer {

    private TimeoutTimer() {}

    /** Those of a run: one, unless somebody has changed the process. */
    static List<TimerEntity> of(ExecutionEntity execution) {
        return Context.getCommandContext()
                .getJobManager()
                .findJobsByProcessInstanceId(execution.getProcessInstanceId())
                .stream()
                .filter(job -> FastnBpmn.TIMEOUT.equals(job.getActivityId()))
                .filter(TimerEntity.class::isInstance)
                .map(TimerEntity.class::cast)
                .toList();
    }

    /** Due at another time, of which the job executor is told: it may sleep for longer. */
    static void move(TimerEntity timer, Instant due) {
        timer.setDuedate(Date.from(due));
        JobExecutor jobExecutor = Context.getProcessEngineConfiguration().getJobExecutor();
        Context.getCommandContext()
                .getTransactionContext()
                .addTransactionListener(TransactionState.COMMITTED, new MessageAddedNotification(jobExecutor));
    }
}
