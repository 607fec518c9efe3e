package ai.fastn.camunda.effect;

import ai.fastn.camunda.workflow.RunMode;

/**
 * How a run is tried out; kept with its start and the same for all its attempts.
 *
 * @param document the mocks as checked JSON; empty for a live run
 * @param recorded whether its calls are kept, so that they can be played back
 */
public record RunMocks(RunMode mode, String document, boolean recorded) {

    /** Of a run that makes all its calls. */
    public static final RunMocks NONE = new RunMocks(RunMode.LIVE, "", false);

    /** Of a run that this one calls: what one run has recorded stands for everything below it. */
    public RunMocks inherited() {
        return recorded ? new RunMocks(mode, document, false) : this;
    }

    /** Whether no call may leave the run. */
    public boolean isClosed() {
        return mode == RunMode.MOCK;
    }

    public boolean hasRules() {
        return mode != RunMode.LIVE;
    }

    /** Whether there is anything to keep with the start. */
    public boolean isKept() {
        return hasRules() || recorded;
    }

    @Override
    public String toString() {
        return mode.name();
    }
}
