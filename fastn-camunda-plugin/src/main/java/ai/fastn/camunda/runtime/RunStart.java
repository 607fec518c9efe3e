package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TriggerKind;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How our own code starts a run: handed to the engine as the transient variable {@link #VARIABLE}, so that input of any
 * size never becomes a process variable. Serializable because the engine asks that of every object it is given.
 *
 * @param caller the run that calls the workflow, if one does
 */
public record RunStart(
        ExecutionId execution,
        TriggerKind trigger,
        String startedBy,
        RunInput input,
        String headers,
        @Nullable Caller caller)
        implements Serializable {

    public static final String VARIABLE = "fastn_start";

    /** The engine writes every variable at once, and this one is taken out again before anybody could read it. */
    private Object writeReplace() {
        return execution.value();
    }

    /** Without input and headers: the engine prints its variables when a command fails. */
    @Override
    public String toString() {
        return "start of execution " + execution;
    }
}
