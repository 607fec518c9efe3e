package ai.fastn.camunda.effect;

import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.TenantId;
import java.util.Optional;

/** One family of {@code fastn.*} functions. Thread-safe. */
public interface Effect {

    /** First word of the names it performs: {@code connector}, {@code db}, {@code state}, {@code secrets}. */
    String family();

    /** READ or WRITE. */
    StepKind kind(EffectRequest request);

    /** The same for the connectors of a tenant and the versions that a workflow was published with. */
    default StepKind kind(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        return kind(request);
    }

    /** What to do with a call that a run has died in. */
    default InDoubt inDoubt(EffectRequest request) {
        return InDoubt.RETRY;
    }

    /** The same for the connectors of a tenant and the versions that a workflow was published with. */
    default InDoubt inDoubt(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        return inDoubt(request);
    }

    /**
     * Whether a call that a run has died in is given to {@link #perform} again, which sees that it has begun before and
     * finds out itself what became of it.
     */
    default boolean findsOut() {
        return false;
    }

    /**
     * What goes wrong with such a call in a scenario, as the code would see it; empty where the call knows no such
     * thing.
     */
    default Optional<EffectOutcome> imitated(
            EffectRequest request, Scenario scenario, TenantId tenant, ConnectorVersions versions) {
        return Optional.empty();
    }

    /** What such a call might give, without performing it; empty where nobody says what it gives. */
    default Optional<EffectOutcome> sample(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        return Optional.empty();
    }

    /**
     * Performs one call and waits for it, no longer than {@link EffectScope#remaining()}. An error that the author's
     * code shall see is an {@link EffectOutcome.Failed}, never an exception; an interrupt ends the wait with a
     * {@code Failed} too.
     *
     * @param record used by effects that change the plugin's own database; others leave it alone and the caller records
     *     the outcome
     */
    EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record);
}
