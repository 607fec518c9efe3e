package ai.fastn.camunda.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.bpmn.parser.FailedJobRetryConfiguration;
import org.camunda.bpm.engine.impl.calendar.DurationHelper;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.impl.util.ParseUtil;
import org.jspecify.annotations.Nullable;

/**
 * The retry policy of a step, read from {@code camunda:failedJobRetryTimeCycle} as the engine itself reads it:
 * {@code PT5S,PT10S} = three attempts, {@code R3/PT10S} = three attempts, {@code R1/PT1S} = one, an expression =
 * whatever it gives at the time of the failure.
 */
final class RetryCycle {

    private static final RetryCycle ONCE = new RetryCycle(null);

    private final @Nullable FailedJobRetryConfiguration configured;

    private RetryCycle(@Nullable FailedJobRetryConfiguration configured) {
        this.configured = configured;
    }

    /** A step without a cycle has one attempt: nothing that writes is repeated unless somebody asked for it. */
    static RetryCycle parse(Optional<String> text) {
        return text.map(cycle -> new RetryCycle(ParseUtil.parseRetryIntervals(cycle)))
                .orElse(ONCE);
    }

    /** Attempts in total, the first included. */
    int attempts(VariableScope scope) {
        FailedJobRetryConfiguration cycle = resolved(scope);
        return cycle == null ? 1 : Math.max(1, cycle.getRetries());
    }

    /** The wait after a failure when {@code retriesLeft} attempts remained before it (the failed one included). */
    Duration waitAfter(VariableScope scope, int retriesLeft) {
        FailedJobRetryConfiguration cycle = resolved(scope);
        if (cycle == null || cycle.getRetryIntervals().isEmpty()) {
            return Duration.ZERO;
        }
        List<String> intervals = cycle.getRetryIntervals();
        int count = intervals.size();
        return duration(intervals.get(Math.max(0, Math.min(count - 1, count - (retriesLeft - 1)))));
    }

    private @Nullable FailedJobRetryConfiguration resolved(VariableScope scope) {
        FailedJobRetryConfiguration cycle = configured;
        if (cycle != null && cycle.getExpression() != null) {
            return cycle.getExpression().getValue(scope) instanceof String text
                    ? ParseUtil.parseRetryIntervals(text)
                    : null;
        }
        return cycle;
    }

    private static Duration duration(String interval) {
        try {
            DurationHelper helper = new DurationHelper(interval);
            Duration wait = Duration.between(
                    ClockUtil.getCurrentTime().toInstant(),
                    helper.getDateAfter().toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (Exception e) {
            throw new IllegalArgumentException("retry interval \"" + interval + "\" is no ISO 8601 duration", e);
        }
    }
}
