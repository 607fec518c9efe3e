package ai.fastn.camunda.execution;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.runtime.RunFailedException;
import ai.fastn.camunda.runtime.StartKey;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Workflows for Java code of the host application: a bean that starts them and waits for their results.
 *
 * <pre>{@code
 * ExecutionId run = runs.start("nightly-report", Map.of("day", "2026-11-26"));
 * JsonNode result = runs.await(run, Duration.ofMinutes(5));
 * }</pre>
 *
 * Each method has a twin that takes the tenant; without it the default tenant's workflow is meant.
 */
public final class WorkflowRuns {

    private static final String STARTED_BY = "java";
    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1," + StartKey.LONGEST + "}");
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Workflows workflows;
    private final Executions executions;
    private final OnceExecutions once;
    private final ExecutionLog log;
    private final JsonMapper json;

    /** @param json reads and writes inputs and results */
    public WorkflowRuns(
            Workflows workflows, Executions executions, OnceExecutions once, ExecutionLog log, JsonMapper json) {
        this.workflows = workflows;
        this.executions = executions;
        this.once = once;
        this.log = log;
        this.json = json;
    }

    /** {@link #start(TenantId, String, Object)} for the default tenant. */
    public ExecutionId start(String workflow, @Nullable Object input) {
        return start(TenantId.DEFAULT, workflow, input);
    }

    /**
     * Starts the deployed version of a workflow, in the caller's transaction when there is one. An Instant run is over
     * when this returns.
     *
     * @param input becomes {@code ctx.input}; Jackson writes it
     * @return names the run in the Execution Log
     * @throws FastnException WORKFLOW_UNKNOWN, NOT_PUBLISHED, NOT_DEPLOYED or WORKFLOW_DISABLED
     * @throws RunFailedException when the workflow is Instant and fails
     */
    public ExecutionId start(TenantId tenant, String workflow, @Nullable Object input) {
        return executions
                .execute(workflows.get(tenant, WorkflowSlug.of(workflow)), request(write(input)))
                .execution();
    }

    /** {@link #start(TenantId, String, Object, String)} for the default tenant. */
    public ExecutionId start(String workflow, @Nullable Object input, String idempotencyKey) {
        return start(TenantId.DEFAULT, workflow, input, idempotencyKey);
    }

    /**
     * As {@link #start(TenantId, String, Object)}, once for a key: each repetition on any node is told the run of the
     * first, as with the header {@code Idempotency-Key} over REST, whose keys these are. The key is free again when the
     * caller's transaction is rolled back, unless the workflow is Instant, whose calls have been made by then.
     *
     * @param idempotencyKey 1 to 255 printable characters of ASCII, such as the number of an order
     * @throws FastnException also START_KEY, START_KEY_REUSED for another input, START_UNDER_WAY and START_IN_DOUBT
     */
    public ExecutionId start(TenantId tenant, String workflow, @Nullable Object input, String idempotencyKey) {
        if (!KEY.matcher(idempotencyKey).matches()) {
            throw new FastnException(
                    ErrorCode.START_KEY,
                    "idempotency key is no key: 1 to " + StartKey.LONGEST
                            + " printable characters of ASCII are expected");
        }
        String json = write(input);
        return once.execute(
                        workflows.get(tenant, WorkflowSlug.of(workflow)),
                        request(json),
                        StartKey.of(idempotencyKey, json, List.of()))
                .execution();
    }

    private static ExecuteRequest request(String input) {
        return new ExecuteRequest(input, "{}", TriggerKind.API, STARTED_BY);
    }

    /** {@link #await(TenantId, ExecutionId, Duration)} for the default tenant. */
    public JsonNode await(ExecutionId run, Duration longest) throws InterruptedException, TimeoutException {
        return await(TenantId.DEFAULT, run, longest);
    }

    /**
     * Waits until a run has ended. The thread waits too: wait where that does no harm, and not inside the transaction
     * that has started the run.
     *
     * @return the result; JSON null when the workflow returned nothing
     * @throws TimeoutException when the run has not ended by then; it goes on
     * @throws RunFailedException when the run failed
     * @throws FastnException EXECUTION_TIMEOUT, EXECUTION_CANCELED, or EXECUTION_UNKNOWN
     */
    public JsonNode await(TenantId tenant, ExecutionId run, Duration longest)
            throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + longest.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        Execution found = log.get(tenant, run);
        while (found.status() == ExecutionStatus.RUNNING) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(
                        "execution \"" + run + "\" has not ended after " + longest.toMillis() + " ms");
            }
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            found = log.get(tenant, run);
        }
        return result(found);
    }

    private JsonNode result(Execution ended) {
        return switch (ended.status()) {
            case COMPLETED -> read(ended.result());
            case FAILED ->
                throw new RunFailedException(
                        ErrorCode.STEP_FAILED, ended.id(), ended.error().orElseThrow());
            case TIMEOUT -> throw ended(ended, ErrorCode.EXECUTION_TIMEOUT, "reached its execution timeout");
            case CANCELED -> throw ended(ended, ErrorCode.EXECUTION_CANCELED, "was canceled");
            case RUNNING -> throw new IllegalStateException("bug: execution " + ended.id() + " has not ended");
        };
    }

    private static FastnException ended(Execution ended, ErrorCode code, String how) {
        return new FastnException(code, "execution \"" + ended.id() + "\" " + how);
    }

    private String write(@Nullable Object input) {
        try {
            return json.writeValueAsString(input);
        } catch (JsonProcessingException e) {
            throw new FastnException(ErrorCode.INPUT_NOT_JSON, "input can not be written as JSON", e);
        }
    }

    private JsonNode read(Optional<String> result) {
        try {
            return json.readTree(result.orElse("null"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: result of a run is not JSON", e);
        }
    }
}
