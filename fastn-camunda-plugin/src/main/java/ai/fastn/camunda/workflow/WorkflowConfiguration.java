package ai.fastn.camunda.workflow;

/**
 * What the Configuration panel holds beside the code.
 *
 * @param name human-readable name, not blank
 * @param description what the workflow does, may be empty
 * @param concurrency limits only in tiers whose runs are counted: Standard and Long
 * @param connectors versions that it is published with although newer ones exist
 */
public record WorkflowConfiguration(
        String name,
        String description,
        Tier tier,
        ExecutionTimeout timeout,
        RetryPolicy retryPolicy,
        Concurrency concurrency,
        ConnectorVersions connectors,
        boolean enabled) {

    public WorkflowConfiguration {
        if (name.isBlank()) {
            throw new IllegalArgumentException("Name is required.");
        }
        ExecutionTimeout.of(tier, timeout.duration());
        if (tier.isSynchronous() && concurrency.isLimited()) {
            throw new IllegalArgumentException("concurrency: runs of tier " + tier.title()
                    + " are not counted, because their callers wait: limits are for tiers Standard and Long");
        }
    }

    /** A new workflow: Standard, its default timeout, no retry, no limit, enabled. */
    public static WorkflowConfiguration named(String name) {
        return new WorkflowConfiguration(
                name,
                "",
                Tier.STANDARD,
                ExecutionTimeout.defaultOf(Tier.STANDARD),
                RetryPolicy.OFF,
                Concurrency.UNLIMITED,
                ConnectorVersions.NONE,
                true);
    }
}
