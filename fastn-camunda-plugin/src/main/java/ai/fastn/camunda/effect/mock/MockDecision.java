package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.EffectOutcome;
import java.util.Optional;

/**
 * What becomes of a call.
 *
 * @param use what has to be on record of it, where a rule was for it
 * @param outcome what it gets; empty: it is made
 */
public record MockDecision(Optional<MockUse> use, Optional<EffectOutcome> outcome) {}
