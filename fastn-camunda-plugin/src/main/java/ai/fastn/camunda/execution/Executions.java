package ai.fastn.camunda.execution;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.lifecycle.Workflow;
import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import ai.fastn.camunda.runtime.RunStart;
import ai.fastn.camunda.runtime.StartKey;
import ai.fastn.camunda.workflow.ExecutionId;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.runtime.ProcessInstanceWithVariables;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/** Starts runs of deployed workflows. */
public final class Executions {

    private final RuntimeService engine;

    public Executions(RuntimeService engine) {
        this.engine = engine;
    }

    /**
     * Runs the deployed version. An Instant run is over when this returns.
     *
     * @throws FastnException NOT_PUBLISHED, NOT_DEPLOYED or WORKFLOW_DISABLED; for Instant also whatever the run failed
     *     with
     */
    public Started execute(Workflow workflow, ExecuteRequest request) {
        return execute(workflow, request, null);
    }

    /** The same; {@code key} is whose the run is, if it has one. */
    Started execute(Workflow workflow, ExecuteRequest request, @Nullable StartKey key) {
        return execute(
                workflow,
                new RunStart(
                        new ExecutionId(UUID.randomUUID().toString()),
                        request.trigger(),
                        request.startedBy(),
                        RunInput.of(request.input()).with(request.mocks()),
                        request.headers(),
                        null,
                        key));
    }

    Started execute(Workflow workflow, RunStart start) {
        ProcessInstanceWithVariables instance = start(workflow, runnable(workflow), start);
        Object result = instance.isEnded() ? instance.getVariables().get(FastnBpmn.RESULT_VARIABLE) : null;
        return result instanceof String json
                ? new Started.Completed(start.execution(), json)
                : new Started.Accepted(start.execution());
    }

    private ProcessInstanceWithVariables start(Workflow workflow, Deployed deployed, RunStart start) {
        try {
            return engine.createProcessInstanceById(deployed.definitionId())
                    .businessKey(start.execution().value())
                    .setVariables(Variables.createVariables()
                            .putValueTyped(RunStart.VARIABLE, Variables.untypedValue(start, true)))
                    .executeWithVariablesInReturn();
        } catch (NotFoundException e) {
            throw new FastnException(
                    ErrorCode.NOT_DEPLOYED,
                    "workflow \"" + workflow.slug() + "\" is no longer deployed: somebody removed the deployment of v"
                            + deployed.version() + " from the engine; deploy it again",
                    e);
        }
    }

    /**
     * The version that a start runs.
     *
     * @throws FastnException NOT_PUBLISHED, NOT_DEPLOYED or WORKFLOW_DISABLED
     */
    static Deployed runnable(Workflow workflow) {
        if (!workflow.configuration().enabled()) {
            throw new FastnException(
                    ErrorCode.WORKFLOW_DISABLED,
                    "workflow \"" + workflow.slug() + "\" is disabled: enable it in its configuration to run it");
        }
        if (workflow.latestVersion().isEmpty()) {
            throw new FastnException(
                    ErrorCode.NOT_PUBLISHED,
                    "workflow \"" + workflow.slug() + "\" has no published version: publish it first");
        }
        return workflow.deployment()
                .orElseThrow(() -> new FastnException(
                        ErrorCode.NOT_DEPLOYED,
                        "workflow \"" + workflow.slug() + "\" is not deployed: deploy a version first"));
    }
}
