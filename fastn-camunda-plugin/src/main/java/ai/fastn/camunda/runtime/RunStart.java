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
 * @param key given when a repetition of this start must not start a second run
 */
public record RunStart(
        ExecutionId execution,
        TriggerKind trigger,
        String startedBy,
        RunInput input,
        String headers,
        @Nullable Caller caller,
        @Nullable StartKey key)
        implements Serializable {

    public static final String VARIABLE = "fastn_start";

    /** A start that nobody repeats. */
    public RunStart(
            ExecutionId execution,
            TriggerKind trigger,
            String startedBy,
            RunInput input,
            String headers,
            @Nullable Caller caller) {
        this(execution, trigger, startedBy, input, headers, caller, null);
    }

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
