package ai.fastn.camunda.engine;

import org.jspecify.annotations.Nullable;

/**
 * A job that could be executed now.
 *
 * @param exclusiveTo process instance whose exclusive jobs are executed one after another; null when the job is none
 */
record QueuedJob(
        String id, @Nullable String definition, @Nullable String exclusiveTo, Since since) {

    /** What jobs have in common that one thread executes in a row. */
    String batch() {
        return exclusiveTo == null ? id : exclusiveTo;
    }
}
