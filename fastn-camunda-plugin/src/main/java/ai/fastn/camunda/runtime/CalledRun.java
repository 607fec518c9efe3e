package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;

/**
 * A workflow that a step waits for.
 *
 * @param call number of the call of {@code fastn.flow.invoke}
 * @param run which run it is, and how it is started where it has not been yet
 */
public record CalledRun(int call, EffectOutcome.Called run) {}
