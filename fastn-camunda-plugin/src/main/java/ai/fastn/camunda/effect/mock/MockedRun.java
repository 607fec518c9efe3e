package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A run with mocks: says what its calls get, in the order in which the code makes them. */
public final class MockedRun {

    private final Mocks mocks;
    private final MockUses uses;
    private final TenantId tenant;
    private final ConnectorVersions versions;

    /** @param uses what is on record already */
    public MockedRun(RunMocks run, MockUses uses, TenantId tenant, ConnectorVersions versions) {
        this.mocks = Mocks.of(run);
        this.uses = uses;
        this.tenant = tenant;
        this.versions = versions;
    }

    /** Where a call stands: how often retries had gone back before it, its number, and when the code makes it. */
    public record Place(int epoch, int ordinal, Instant now) {}

    /**
     * Decides on a call.
     *
     * @param shown the same call without secrets
     * @param before what is on record of it, where the run died in it
     * @param effect would perform it
     */
    public MockDecision decide(
            EffectRequest request, EffectRequest shown, Place place, Optional<MockUse> before, Effect effect) {
        MockedCall call = MockedCall.of(request, shown);
        List<Integer> candidates = IntStream.range(0, mocks.rules().size())
                .filter(rule -> mocks.rules().get(rule).isFor(call))
                .boxed()
                .toList();
        OptionalInt winner = uses.winner(candidates, mocks, place.epoch(), place.ordinal());
        Unmocked unmocked = new Unmocked(mocks.others(), effect, tenant, versions);
        if (candidates.isEmpty()) {
            return new MockDecision(Optional.empty(), unmocked.outcome(call));
        }
        Optional<MockAnswer> answer = winner.stream()
                .mapToObj(rule ->
                        mocks.rules().get(rule).answer(uses.answersBefore(rule, place.epoch(), place.ordinal())))
                .findFirst();
        MockUse use = before.orElseGet(() -> new MockUse(candidates, winner, due(answer, place)));
        uses.add(place.epoch(), place.ordinal(), use);
        return new MockDecision(
                Optional.of(use),
                answer.isPresent() ? Optional.of(outcome(answer.get(), request, effect)) : unmocked.outcome(call));
    }

    private static Optional<Instant> due(Optional<MockAnswer> answer, Place place) {
        return answer.map(MockAnswer::delay)
                .filter(delay -> !delay.isZero())
                .map(delay -> place.now().plus(delay));
    }

    private EffectOutcome outcome(MockAnswer answer, EffectRequest request, Effect effect) {
        if (answer.content() instanceof MockAnswer.Output output) {
            return new EffectOutcome.Succeeded(MockJson.write(output.wire()));
        }
        if (answer.content() instanceof MockAnswer.Thrown error) {
            return MockErrors.of(request, error);
        }
        MockAnswer.Usual usual = (MockAnswer.Usual) answer.content();
        return effect.imitated(request, usual.scenario(), tenant, versions)
                .orElseThrow(() -> new IllegalStateException("bug: a scenario was not checked"));
    }
}
