package ai.fastn.camunda.execution;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunEnd;
import ai.fastn.camunda.runtime.RunFailure;
import ai.fastn.camunda.runtime.RunRecord;
import ai.fastn.camunda.runtime.StartKey;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Execution Log: every run with its status, result and error, independent of the engine's history level. */
public final class ExecutionLog implements RunRecord {

    private final ExecutionStore inEngineTransaction;
    private final ExecutionStore apart;
    private final KeyedStarts starts;
    private final Clock clock;

    /**
     * @param inEngineTransaction on the engine's data source, so that rows commit with the token
     * @param apart on a pool of its own, for rows that outlive a rollback
     * @param starts learns whose key has started a run
     */
    public ExecutionLog(ExecutionStore inEngineTransaction, ExecutionStore apart, KeyedStarts starts, Clock clock) {
        this.inEngineTransaction = inEngineTransaction;
        this.apart = apart;
        this.starts = starts;
        this.clock = clock;
    }

    /** One run; EXECUTION_UNKNOWN when there is none, also when it is another tenant's. */
    public Execution get(TenantId tenant, ExecutionId execution) {
        return lookUp(tenant, execution)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.EXECUTION_UNKNOWN, "execution \"" + execution + "\" does not exist"));
    }

    Optional<Execution> lookUp(TenantId tenant, ExecutionId execution) {
        return inEngineTransaction.find(tenant, execution);
    }

    /** The runs that a run has called with {@code fastn.flow}, in the order in which they began. */
    public List<Execution> calledBy(TenantId tenant, ExecutionId caller) {
        return inEngineTransaction.calledBy(tenant, caller);
    }

    public List<Execution> list(TenantId tenant, ExecutionFilter filter) {
        return inEngineTransaction.list(tenant, filter);
    }

    /** The newest runs of each of these workflows, newest first; a workflow without runs has no entry. */
    public Map<WorkflowSlug, List<LastExecution>> latest(
            TenantId tenant, Collection<WorkflowSlug> workflows, int each) {
        return inEngineTransaction.latest(tenant, workflows, each);
    }

    @Override
    public void started(Run run) {
        if (!inEngineTransaction.insert(run, null, clock.instant())) {
            throw new TakenOverException(run.execution().value());
        }
    }

    @Override
    public void claimed(Run run, StartKey key) {
        starts.claim(run, key);
    }

    @Override
    public Optional<Boolean> isOver(ExecutionId called) {
        return inEngineTransaction.isOver(called);
    }

    @Override
    public List<String> awaitedBy(ExecutionId caller) {
        return inEngineTransaction.awaitedBy(caller);
    }

    @Override
    public Optional<Run> find(ExecutionId execution) {
        return inEngineTransaction.run(execution);
    }

    @Override
    public void attemptFailed(Run run, int attempt, RunFailure failure) {
        inEngineTransaction.attemptFailed(run.execution(), attempt, failure);
    }

    @Override
    public Duration resumed(ExecutionId execution) {
        return inEngineTransaction.resume(execution, clock.instant());
    }

    @Override
    public void postponed(Run run) {
        inEngineTransaction.postpone(run.execution(), run.deadline());
    }

    @Override
    public void ended(Run run, RunEnd end) {
        end(inEngineTransaction, run, end);
    }

    @Override
    public void endedApart(Run run, RunEnd end) {
        end(apart, run, end);
    }

    /** An Instant run has no row before it ends: one statement a run. */
    private void end(ExecutionStore store, Run run, RunEnd end) {
        if (run.tier().isSynchronous()) {
            store.insert(run, end, clock.instant());
        } else {
            store.end(run.execution(), end, clock.instant());
        }
    }
}
