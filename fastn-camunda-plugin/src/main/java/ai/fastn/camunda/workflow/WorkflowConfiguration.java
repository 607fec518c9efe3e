package ai.fastn.camunda.workflow;

/**
 * What the Configuration panel holds beside the code.
 *
 * @param name human-readable name, not blank
 * @param description what the workflow does, may be empty
 */
public record WorkflowConfiguration(
        String name,
        String description,
        Tier tier,
        ExecutionTimeout timeout,
        RetryPolicy retryPolicy,
        boolean enabled) {

    public WorkflowConfiguration {
        if (name.isBlank()) {
            throw new IllegalArgumentException("Name is required.");
        }
        ExecutionTimeout.of(tier, timeout.duration());
    }

    /** A new workflow: Standard, its default timeout, no retry, enabled. */
    public static WorkflowConfiguration named(String name) {
        return new WorkflowConfiguration(
                name, "", Tier.STANDARD, ExecutionTimeout.defaultOf(Tier.STANDARD), RetryPolicy.OFF, true);
    }
}
