package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import java.time.Duration;
import java.util.List;

/** What a run tells while it goes; each thing once, not again when code is replayed. Called in the run's own thread. */
public interface RunEvents {

    /** Hears nothing. */
    RunEvents NONE = new RunEvents() {
        @Override
        public void console(RunScope scope, String elementId, List<ConsoleLine> lines) {}

        @Override
        public void effect(
                RunScope scope,
                String elementId,
                int ordinal,
                EffectRequest request,
                EffectOutcome outcome,
                Duration took) {}
    };

    /** The code wrote lines with {@code console.*}. */
    void console(RunScope scope, String elementId, List<ConsoleLine> lines);

    /** The code made a call that is not on record; it is performed next. */
    default void called(RunScope scope, int ordinal) {}

    /** A call was performed, which means it was not answered from the journal. */
    void effect(
            RunScope scope, String elementId, int ordinal, EffectRequest request, EffectOutcome outcome, Duration took);

    /** One line: {@code level} is log, info, warn, error or debug. */
    record ConsoleLine(String level, String text) {}
}
