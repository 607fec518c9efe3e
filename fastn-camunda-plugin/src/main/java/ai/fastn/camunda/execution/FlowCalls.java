package ai.fastn.camunda.execution;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.lifecycle.Workflow;
import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.runtime.Caller;
import ai.fastn.camunda.runtime.RunFailedException;
import ai.fastn.camunda.runtime.RunStart;
import ai.fastn.camunda.runtime.SealedInputs;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * {@code fastn.flow}: workflows that call workflows. A call and all its repetitions have one execution id, so that a
 * run is never started twice for it. An Instant workflow runs within the call; a run of another tier is started when
 * the step of the caller begins to wait, in the same transaction.
 */
public final class FlowCalls implements Effect {

    /** Calls from the outermost workflow to the innermost one. */
    static final int DEEPEST = 5;

    private final Supplier<Workflows> workflows;
    private final Supplier<Executions> executions;
    private final ExecutionLog log;
    private final SealedInputs inputs;

    /** The suppliers are asked when a call is made: both need the engine, which needs this. */
    public FlowCalls(
            Supplier<Workflows> workflows, Supplier<Executions> executions, ExecutionLog log, SealedInputs inputs) {
        this.workflows = workflows;
        this.executions = executions;
        this.log = log;
        this.inputs = inputs;
    }

    @Override
    public String family() {
        return "flow";
    }

    @Override
    public StepKind kind(EffectRequest request) {
        return StepKind.WRITE;
    }

    @Override
    public InDoubt inDoubt(EffectRequest request) {
        return InDoubt.FAIL;
    }

    @Override
    public boolean findsOut() {
        return true;
    }

    @Override
    public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
        FlowCall call = FlowCall.of(request);
        try {
            return perform(call, scope);
        } catch (RunFailedException e) {
            return CalledRunFailure.of(call.workflow(), e.execution(), e.failure());
        } catch (FastnException e) {
            return refused(call, e);
        }
    }

    private EffectOutcome perform(FlowCall call, EffectScope scope) {
        ExecutionId called = idOf(scope);
        Optional<Boolean> over = log.isOver(called);
        if (over.isPresent() && !call.waits()) {
            return started(called);
        }
        if (over.isPresent()) {
            return over.get()
                    ? answer(log.get(scope.tenant(), called))
                    : new EffectOutcome.Called(called, Optional.empty());
        }
        WorkflowSlug slug = slug(call);
        requireEnd(slug, scope);
        Workflow workflow = workflows.get().get(scope.tenant(), slug);
        Deployed deployed = Executions.runnable(workflow);
        if (tier(workflow, deployed).isSynchronous()) {
            // how far it came is not on record
            return scope.begunBefore()
                    ? new EffectOutcome.Unknown()
                    : runNow(call, workflow, start(call, called, scope));
        }
        if (!call.waits()) {
            executions.get().execute(workflow, start(call, called, scope));
            return started(called);
        }
        requireTime(slug, scope);
        return new EffectOutcome.Called(
                called,
                Optional.of(new EffectOutcome.Start(
                        deployed.definitionId(), inputs.of(call.input(), scope, slug, called))));
    }

    /** The same id on every try of this call, another one when a retry makes the call anew. */
    private static ExecutionId idOf(EffectScope scope) {
        String call = scope.idempotencyKey() + "-" + scope.epoch();
        return new ExecutionId(
                UUID.nameUUIDFromBytes(call.getBytes(StandardCharsets.UTF_8)).toString());
    }

    private RunStart start(FlowCall call, ExecutionId called, EffectScope scope) {
        return new RunStart(
                called,
                TriggerKind.WORKFLOW,
                scope.workflow().value(),
                inputs.of(call.input(), scope, slug(call), called),
                "{}",
                new Caller(scope.execution(), false, Caller.path(scope.callers(), scope.workflow())));
    }

    private Tier tier(Workflow workflow, Deployed deployed) {
        return workflows
                .get()
                .version(workflow.tenant(), workflow.slug(), deployed.version())
                .configuration()
                .tier();
    }

    private EffectOutcome runNow(FlowCall call, Workflow workflow, RunStart start) {
        if (call.waits()) {
            Started run = executions.get().execute(workflow, start);
            return new EffectOutcome.Succeeded(run instanceof Started.Completed done ? done.resultJson() : "null");
        }
        try {
            executions.get().execute(workflow, start);
        } catch (RunFailedException e) {
            // nobody waits for it: the error is in the Execution Log
        }
        return started(start.execution());
    }

    private static EffectOutcome started(ExecutionId called) {
        return new EffectOutcome.Succeeded("{\"executionId\":\"" + called + "\"}");
    }

    private static EffectOutcome answer(Execution called) {
        return called.status() == ExecutionStatus.COMPLETED
                ? new EffectOutcome.Succeeded(called.result().orElse("null"))
                : CalledRunFailure.of(called);
    }

    private static WorkflowSlug slug(FlowCall call) {
        if (!WorkflowSlug.isSlug(call.workflow())) {
            throw refused("workflow \"" + call.workflow() + "\" does not exist: the slug of a workflow is expected");
        }
        return WorkflowSlug.of(call.workflow());
    }

    private static void requireEnd(WorkflowSlug called, EffectScope scope) {
        List<WorkflowSlug> path = Caller.path(scope.callers(), scope.workflow());
        if (path.contains(called)) {
            throw refused("workflow \"" + called + "\" would call itself: " + arrows(path) + " → " + called);
        }
        if (path.size() > DEEPEST) {
            throw refused("workflow \"" + called + "\" would be called by a workflow that is itself " + DEEPEST
                    + " calls deep, which is as deep as calls go: " + arrows(path));
        }
    }

    private static String arrows(List<WorkflowSlug> path) {
        return String.join(" → ", path.stream().map(WorkflowSlug::value).toList());
    }

    private static void requireTime(WorkflowSlug called, EffectScope caller) {
        if (caller.isInstant()) {
            throw refused(
                    "workflow \"" + called + "\" runs in the background, and the caller of an Instant workflow does"
                            + " not wait for that: start it with fastn.flow.invokeAsync, or give \"" + caller.workflow()
                            + "\" tier Standard or Long");
        }
    }

    private static FastnException refused(String message) {
        return new FastnException(ErrorCode.WORKFLOW_CALL_REFUSED, message);
    }

    private static EffectOutcome refused(FlowCall call, FastnException e) {
        return new EffectOutcome.Failed(
                CalledRunFailure.NAME,
                e.getMessage() == null ? e.code().name() : e.getMessage(),
                Map.of("code", e.code().code(), "workflow", call.workflow(), "retryable", false));
    }
}
