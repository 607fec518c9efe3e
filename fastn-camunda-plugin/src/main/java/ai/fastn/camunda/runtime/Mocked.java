package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a call gets instead of being performed.
 *
 * @param due when; empty: at once
 */
record Mocked(EffectOutcome outcome, Optional<Instant> due) {

    /** A long wait leaves the thread like any other. */
    EffectOutcome at(Instant now) {
        return due.filter(time -> time.isAfter(now))
                .<EffectOutcome>map(time -> new EffectOutcome.Later(Duration.between(now, time)))
                .orElse(outcome);
    }

    /** The same for a call that has waited: its clock may stand still. */
    Mocked waited() {
        return new Mocked(outcome, Optional.empty());
    }
}
