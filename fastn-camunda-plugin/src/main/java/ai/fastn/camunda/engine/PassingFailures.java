package ai.fastn.camunda.engine;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import org.camunda.bpm.engine.impl.cmd.JobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of workflows that ended with an exception. Errors of the author's code never do ({@code docs/decisions/0003}):
 * it is the database that was away, full or restarted. Such a job waits and comes again, and no attempt is counted.
 */
final class PassingFailures implements FailedJobCommandFactory {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Connection, invalid transaction state, transaction rollback, resources, object in use, operator, system. */
    private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57", "58");

    private final FailedJobCommandFactory others;

    /** @param others what becomes of every other failed job */
    PassingFailures(FailedJobCommandFactory others) {
        this.others = others;
    }

    @Override
    public Command<Object> getCommand(String jobId, Throwable exception) {
        return isPassing(exception) ? new ComeAgain(jobId, exception) : others.getCommand(jobId, exception);
    }

    static boolean isPassing(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isPassing(sql)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the database itself was the reason, not what it was asked. Where no state is given, pool or driver speak:
     * the connection is gone.
     */
    private static boolean isPassing(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || state == null
                || (state.length() > 1 && PASSING.contains(state.substring(0, 2)));
    }

    /** Puts the job of a workflow off; leaves every other one to the usual command. */
    private final class ComeAgain extends JobRetryCmd {

        private static final long serialVersionUID = 1L;

        ComeAgain(String jobId, Throwable exception) {
            super(jobId, exception);
        }

        @Override
        public @Nullable Object execute(CommandContext context) {
            JobEntity job = getJob();
            if (job == null || !isOfWorkflow(context, job)) {
                return others.getCommand(jobId, exception).execute(context);
            }
            job.unlock();
            logException(job);
            job.setDuedate(Date.from(RunSession.now().plus(wait(job))));
            notifyAcquisition(context);
            return null;
        }

        /** Half as long as the job exists: the longer the database is away, the more rarely it is asked. */
        private Duration wait(JobEntity job) {
            Duration age = Duration.between(job.getCreateTime().toInstant(), RunSession.now())
                    .dividedBy(2);
            Duration longer = age.compareTo(SHORTEST) < 0 ? SHORTEST : age;
            return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        }

        private static boolean isOfWorkflow(CommandContext context, JobEntity job) {
            ProcessDefinitionEntity definition = job.getProcessDefinitionId() == null
                    ? null
                    : context.getProcessEngineConfiguration()
                            .getDeploymentCache()
                            .findDeployedProcessDefinitionById(job.getProcessDefinitionId());
            return StepJobHandler.isOf(job) || (definition != null && FastnProcess.isFastn(definition));
        }
    }
}
