package ai.fastn.camunda.workflow;

import java.util.Locale;

/** Where a run stands, as the Execution Log shows it. */
public enum ExecutionStatus {
    RUNNING,
    COMPLETED,
    FAILED,
    TIMEOUT,
    CANCELED;

    /** The word as shown: {@code Running}. */
    public String word() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
