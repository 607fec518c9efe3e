package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.mock.Recordings;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the calls of runs that are recorded.
 *
 * @param recordings null: nothing is recorded here
 */
record CallRecorder(@Nullable Recordings recordings) {

    /**
     * The code is about to see the outcome of a call, for the first time or again: a crash may have come between its
     * record and this. It is on record before it is kept here, as that of a read would be another one after a crash.
     */
    void keep(RunScope scope, Journal journal, OpenCall call, EffectOutcome outcome) {
        if (recordings == null || !scope.input().mocks().recorded() || call.isTimer() || call.isEvent()) {
            return;
        }
        journal.flush();
        int epoch = call.known == null ? journal.epoch() : call.known.epoch();
        SecretsRead secrets = journal.secrets();
        recordings.keep(
                scope.execution(),
                epoch,
                call.ordinal,
                secrets.withoutSecrets(call.request),
                secrets.withoutSecrets(outcome));
    }
}
