package ai.fastn.camunda.workflow;

import java.io.Serializable;

/** Names one run; the same for all its attempts. A UUID, assigned at the start. */
public record ExecutionId(String value) implements Serializable {

    @Override
    public String toString() {
        return value;
    }
}
