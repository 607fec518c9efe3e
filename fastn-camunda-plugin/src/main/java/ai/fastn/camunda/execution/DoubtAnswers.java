package ai.fastn.camunda.execution;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.InDoubtCalls;
import ai.fastn.camunda.runtime.RunScope;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What somebody says of a call that a run has died in; the run goes on with it. Both in one transaction: no answer is
 * written without the run going on.
 */
public final class DoubtAnswers {

    private final ExecutionLog log;
    private final InDoubtCalls calls;
    private final ManagementService engine;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    /**
     * Answers for the runs of an engine.
     *
     * @param jdbc on the engine's data source
     * @param transactions those of the engine
     */
    public DoubtAnswers(
            ExecutionLog log,
            InDoubtCalls calls,
            ManagementService engine,
            JdbcTemplate jdbc,
            TransactionTemplate transactions) {
        this.log = log;
        this.calls = calls;
        this.engine = engine;
        this.jdbc = jdbc;
        this.transactions = transactions;
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
        transactions.executeWithoutResult(status -> {
            write(scope, call, output);
            goOn(shown.processInstanceId());
        });
    }

    private void write(RunScope scope, int call, Optional<String> output) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            if (output.isPresent()) {
                calls.happened(connection, scope, call, output.get());
            } else {
                calls.didNotHappen(connection, scope, call);
            }
            return true;
        });
    }

    private void goOn(String processInstance) {
        engine.createJobQuery()
                .processInstanceId(processInstance)
                .noRetriesLeft()
                .list()
                .forEach(job -> engine.setJobRetries(job.getId(), 1));
    }
}
