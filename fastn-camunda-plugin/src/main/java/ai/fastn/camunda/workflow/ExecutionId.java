package ai.fastn.camunda.workflow;

/** Names one run; the same for all its attempts. A UUID, assigned at the start. */
public record ExecutionId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
