package ai.fastn.camunda.execution;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.InDoubtCalls;
import ai.fastn.camunda.runtime.RunScope;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;

/** What somebody says of a call that a run has died in; the run goes on with it. */
public final class DoubtAnswers {

    private final ExecutionLog log;
    private final InDoubtCalls calls;
    private final ManagementService engine;

    public DoubtAnswers(ExecutionLog log, InDoubtCalls calls, ManagementService engine) {
        this.log = log;
        this.calls = calls;
        this.engine = engine;
    }

    /**
     * Answers for one call, and has the run go on.
     *
     * @param output what the service answered, as JSON; empty when the call did not happen
     * @throws FastnException EXECUTION_UNKNOWN, also when it is another tenant's; NOTHING_IN_DOUBT
     */
    public void answer(TenantId tenant, ExecutionId execution, int call, Optional<String> output) {
        Execution shown = log.get(tenant, execution);
        RunScope scope = log.find(execution)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.EXECUTION_UNKNOWN, "execution \"" + execution + "\" does not exist"))
                .scope();
        if (output.isPresent()) {
            calls.happened(scope, call, output.get());
        } else {
            calls.didNotHappen(scope, call);
        }
        engine.createJobQuery()
                .processInstanceId(shown.processInstanceId())
                .noRetriesLeft()
                .list()
                .forEach(job -> engine.setJobRetries(job.getId(), 1));
    }
}
