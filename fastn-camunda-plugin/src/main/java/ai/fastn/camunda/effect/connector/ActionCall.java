package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.EffectScope;

/**
 * One call of an action that is performed in this JVM.
 *
 * @param scope on whose behalf; {@link EffectScope#idempotencyKey()} is the same on every try
 * @param credentials of the connection that the call uses
 */
public record ActionCall(EffectScope scope, Credentials credentials) {}
