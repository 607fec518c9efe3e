package ai.fastn.camunda.engine;

import org.camunda.bpm.engine.impl.jobexecutor.JobHandlerConfiguration;

/**
 * What a {@code fastn-step} job carries.
 *
 * @param attempt attempt that this job makes of its step, from 1
 * @param retriesLeft attempts that remain, this one included
 */
record StepJob(int attempt, int retriesLeft) implements JobHandlerConfiguration {

    static StepJob first(int attempts) {
        return new StepJob(1, attempts);
    }

    /** Reads the stored form, {@code 2}; the retries are the job's own. */
    static StepJob parse(String stored, int retriesLeft) {
        return new StepJob(stored.matches("\\d{1,6}") ? Integer.parseInt(stored) : 1, retriesLeft);
    }

    StepJob next() {
        return new StepJob(attempt + 1, retriesLeft - 1);
    }

    @Override
    public String toCanonicalString() {
        return Integer.toString(attempt);
    }
}
