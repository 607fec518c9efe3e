package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.runtime.Checkpoint;
import ai.fastn.camunda.runtime.Program;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSession;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The Fastn runs that one engine command moves. The engine flushes its sessions right before it commits: that is where
 * the position of each run is stored, in the transaction that stores the token.
 */
final class RunSession implements Session {

    private final RunSupport support;
    private final Map<String, ActiveRun> active = new LinkedHashMap<>();
    private @Nullable String resumed;
    private @Nullable StepJob resumedBy;
    private @Nullable String parkedAt;
    private @Nullable StepJob parkedFor;

    RunSession(RunSupport support) {
        this.support = support;
    }

    static RunSession current() {
        return Context.getCommandContext().getSession(RunSession.class);
    }

    /** The engine's clock, which tests move. */
    static Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    RunSupport support() {
        return support;
    }

    /** A run that this command starts. */
    void begin(Run run, FastnProcess process) {
        open(run.processInstanceId(), run, process.program(), process.limits(), Optional.empty())
                .begins();
    }

    /** The run of a step that a person has drawn, which this command starts. */
    ActiveRun begin(Run run, Program program) {
        ActiveRun begun = open(run.execution().value(), run, program, null, Optional.empty());
        begun.begins();
        return begun;
    }

    /** The run of a step that a person has drawn, opened at its committed position. */
    ActiveRun reopen(Run run, Program program) {
        return open(run.execution().value(), run, program, null, committedPosition(run.execution()));
    }

    /** The run of a step that a person has drawn, if this command has touched it. */
    Optional<ActiveRun> knownStep(ExecutionId id) {
        return Optional.ofNullable(active.get(id.value()));
    }

    /** The run of a process instance, opened at its committed position when this command has not touched it yet. */
    ActiveRun runOf(ActivityExecution execution) {
        ActiveRun known = active.get(execution.getProcessInstanceId());
        return known != null ? known : reopen((ExecutionEntity) execution);
    }

    /** The run of a process instance that this command has touched. */
    Optional<Run> known(String processInstance) {
        return Optional.ofNullable(active.get(processInstance)).map(ActiveRun::run);
    }

    private ActiveRun reopen(ExecutionEntity execution) {
        ExecutionId id = idOf(execution);
        Run run = support.record()
                .find(id)
                .orElseThrow(() -> new IllegalStateException("bug: execution \"" + id + "\" has no row"));
        FastnProcess process = FastnProcess.of(execution.getProcessDefinition());
        return open(run.processInstanceId(), run, process.program(), process.limits(), committedPosition(id));
    }

    static ExecutionId idOf(ExecutionEntity execution) {
        return ModelledStep.isAt(execution) ? ModelledStep.idOf(execution) : ofInstance(execution);
    }

    private static ExecutionId ofInstance(ExecutionEntity execution) {
        return new ExecutionId((String) execution.getVariable(FastnBpmn.EXECUTION_VARIABLE));
    }

    private ActiveRun open(
            String key, Run run, Program program, @Nullable ConcurrencyLimits limits, Optional<Checkpoint> committed) {
        ActiveRun opened = new ActiveRun(
                run, support, limits, position -> support.runner().open(run.scope(), program, position), committed);
        active.put(key, opened);
        JobExecutor jobs = Context.getProcessEngineConfiguration().getJobExecutor();
        Context.getCommandContext()
                .getTransactionContext()
                .addTransactionListener(TransactionState.COMMITTED, context -> {
                    if (opened.committed()) {
                        jobs.jobWasAdded();
                    }
                });
        unlessCommitted(opened::rolledBack);
        return opened;
    }

    /**
     * The engine has no state for a commit whose answer is lost. Whether it arrived decides the database; what this
     * node holds in memory no longer stands for the run either way.
     */
    private static void unlessCommitted(Runnable giveUp) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    giveUp.run();
                }
            }
        });
    }

    private Optional<Checkpoint> committedPosition(ExecutionId id) {
        return withConnection(
                "position of execution \"" + id + "\" can not be read",
                connection -> support.checkpoints().read(connection, id));
    }

    /** Remembers which job brought the token back to life, for the element it stands on. */
    void resume(ExecutionEntity execution, StepJob job) {
        resumed = execution.getId();
        resumedBy = job;
    }

    /** The element that a token is about to be set before; it waits there for a job of its own. */
    void parkAt(String element, StepJob job) {
        parkedAt = element;
        parkedFor = job;
    }

    /** The job to create instead of running this element; null when it is to run. */
    @Nullable StepJob takeParkedOf(ActivityExecution execution) {
        StepJob job = execution.getActivity().getId().equals(parkedAt) ? parkedFor : null;
        if (job != null) {
            parkedAt = null;
        }
        return job;
    }

    /** The job that resumes this element; null when the token came by a sequence flow. */
    @Nullable StepJob takeJobOf(ActivityExecution execution) {
        StepJob job = execution.getId().equals(resumed) ? resumedBy : null;
        resumed = null;
        resumedBy = null;
        return job;
    }

    @Override
    public void flush() {
        for (ActiveRun run : active.values()) {
            try {
                withConnection(
                        "position of execution \"" + run.run().execution() + "\" can not be stored", connection -> {
                            run.store(connection);
                            return true;
                        });
            } catch (TakenOverException e) {
                throw givenUp(e);
            }
        }
    }

    /**
     * Nobody shall work on the run here any more: the engine rolls this command back and forgets it without counting an
     * attempt.
     */
    static OptimisticLockingException givenUp(RuntimeException e) {
        OptimisticLockingException quiet = new OptimisticLockingException(e.getMessage());
        quiet.initCause(e);
        return quiet;
    }

    @Override
    public void close() {
        active.clear();
    }

    /**
     * Works in the transaction of the current command, on its connection.
     *
     * @param failure what can not be done, when the database refuses
     */
    static <T> T withConnection(String failure, SqlWork<T> work) {
        CommandContext context = Context.getCommandContext();
        try {
            return work.perform(
                    context.getSession(DbSqlSession.class).getSqlSession().getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException(failure, e);
        }
    }

    /** Statements of one purpose. */
    interface SqlWork<T> {
        T perform(Connection connection) throws SQLException;
    }
}
