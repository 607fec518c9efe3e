package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.List;
import java.util.stream.Stream;

/**
 * The run that called a workflow with {@code fastn.flow}.
 *
 * @param execution its id
 * @param waits whether it waits for the result ({@code invoke}), or goes on by itself ({@code invokeAsync})
 * @param workflows the workflows that lead to the called one, the outermost first, the caller last
 */
public record Caller(ExecutionId execution, boolean waits, List<WorkflowSlug> workflows) {

    public Caller {
        workflows = List.copyOf(workflows);
    }

    /** The caller that this run is. */
    public static Caller of(RunScope run, boolean waits) {
        return new Caller(run.execution(), waits, path(run.callers(), run.workflow()));
    }

    /** The workflows that lead to one that {@code caller} calls. */
    public static List<WorkflowSlug> path(List<WorkflowSlug> callers, WorkflowSlug caller) {
        return Stream.concat(callers.stream(), Stream.of(caller)).toList();
    }
}
