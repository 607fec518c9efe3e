package ai.fastn.camunda.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandlerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What a job of type {@code fastn-step} or {@code fastn-place} carries. Stored as {@code 2}, as {@code 2@read_shop}
 * when the attempt begins elsewhere, or as {@code 2~} when it goes on behind a wait.
 *
 * @param attempt attempt that this job makes of its step, from 1
 * @param retriesLeft attempts that remain, this one included; kept by the job itself
 * @param resumeAt the element with the failed effect that this attempt goes back to; null = the one the token stands on
 * @param parked whether the step has waited for time or events without a thread
 */
record StepJob(int attempt, int retriesLeft, @Nullable String resumeAt, boolean parked)
        implements JobHandlerConfiguration {

    private static final Pattern STORED = Pattern.compile("(\\d{1,6})(~)?(?:@(.+))?");

    static StepJob first(int attempts) {
        return new StepJob(1, attempts, null, false);
    }

    static StepJob parse(String stored) {
        Matcher parts = STORED.matcher(stored);
        return parts.matches()
                ? new StepJob(Integer.parseInt(parts.group(1)), 1, parts.group(3), parts.group(2) != null)
                : first(1);
    }

    /** The attempt after this one. */
    StepJob next(@Nullable String resumeAt) {
        return new StepJob(attempt + 1, retriesLeft - 1, resumeAt, false);
    }

    /** The same attempt, once the token stands where it begins. */
    StepJob here() {
        return new StepJob(attempt, retriesLeft, null, false);
    }

    /** The same attempt, behind a wait. */
    StepJob behindWait() {
        return new StepJob(attempt, retriesLeft, null, true);
    }

    StepJob withRetries(int retries) {
        return new StepJob(attempt, retries, resumeAt, parked);
    }

    @Override
    public String toCanonicalString() {
        return attempt + (parked ? "~" : "") + (resumeAt == null ? "" : "@" + resumeAt);
    }
}
