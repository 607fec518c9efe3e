package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.mock.MockDecision;
import ai.fastn.camunda.effect.mock.MockUse;
import ai.fastn.camunda.effect.mock.MockUses;
import ai.fastn.camunda.effect.mock.MockedRun;
import ai.fastn.camunda.effect.mock.MockedRun.Place;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.util.Optional;

/** The mocks of a run that has some, in one of its live contexts. */
final class MockedCalls {

    private final Surroundings around;
    private final Journal journal;
    private final MockedRun run;

    MockedCalls(Surroundings around, RunScope scope, ConnectorVersions connectors, Journal journal) {
        this.around = around;
        this.journal = journal;
        MockUses uses = new MockUses();
        journal.mocked().forEach((key, use) -> uses.add(key.epoch(), key.ordinal(), MockUse.of(use)));
        this.run = new MockedRun(scope.input().mocks(), uses, scope.tenant(), connectors);
    }

    /**
     * Decides on a call that is about to be performed, or a secret that is about to be read again; asked in the order
     * in which the code makes them.
     */
    void decide(OpenCall call) {
        EffectRequest shown = journal.secrets().withoutSecrets(call.request);
        int epoch = call.known == null ? journal.epoch() : call.known.epoch();
        Place place = new Place(epoch, call.ordinal, around.clock().instant());
        MockDecision decision = run.decide(
                call.request, shown, place, known(place), around.gate().effect(call.request));
        if (call.known == null) {
            decision.use().ifPresent(use -> journal.mocked(call, use.text()));
        }
        decision.outcome()
                .ifPresent(outcome ->
                        call.mocked = new Mocked(outcome, decision.use().flatMap(MockUse::due)));
    }

    private Optional<MockUse> known(Place place) {
        JournalLine.Key key = new JournalLine.Key(place.epoch(), JournalLine.Kind.MOCKED, place.ordinal());
        return Optional.ofNullable(journal.mocked().get(key)).map(MockUse::of);
    }
}
