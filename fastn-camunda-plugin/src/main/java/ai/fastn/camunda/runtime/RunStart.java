package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TriggerKind;
import java.io.Serializable;

/**
 * How our own code starts a run: handed to the engine as the transient variable {@link #VARIABLE}, so that input of any
 * size never becomes a process variable. Serializable because the engine asks that of every object it is given.
 */
public record RunStart(ExecutionId execution, TriggerKind trigger, String startedBy, String input, String headers)
        implements Serializable {

    public static final String VARIABLE = "fastn_start";

    /** Without input and headers: the engine prints its variables when a command fails. */
    @Override
    public String toString() {
        return "start of execution " + execution;
    }
}
