package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.effect.mock.PrivateState;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import ai.fastn.camunda.workflow.TenantId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Performs calls on threads of the host, never inside guest code. */
final class EffectGate implements AutoCloseable {

    private final Map<String, Effect> effects;
    private final AtomicInteger threadNumber = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fastn-effect-" + threadNumber.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    EffectGate(List<Effect> effects) {
        this.effects = effects.stream().collect(Collectors.toUnmodifiableMap(Effect::family, Function.identity()));
    }

    /** Who performs it. */
    Effect effect(EffectRequest request) {
        Effect effect = effects.get(request.family());
        if (effect == null) {
            throw new IllegalStateException("bug: nobody performs \"" + request.name() + "\"");
        }
        return effect;
    }

    boolean isWrite(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        return effect(request).kind(request, tenant, versions) == StepKind.WRITE;
    }

    /**
     * Whether the effect records its outcome itself, in the transaction of what it writes. What must be on record
     * before it can be written there too.
     */
    boolean recordsItself(EffectRequest request) {
        return request.family().equals("state");
    }

    /** Whether it has to be on record that the call is about to be performed. */
    boolean needsMark(EffectRequest request, TenantId tenant, ConnectorVersions versions) {
        return effect(request).inDoubt(request, tenant, versions) == InDoubt.FAIL;
    }

    /** Whether what became of a call that has begun is for the effect to find out. */
    boolean findsOut(EffectRequest request) {
        return effect(request).findsOut();
    }

    /** Performs a call on another thread; {@code then} gets the outcome, or the exception that is our bug, there. */
    Future<?> perform(
            EffectRequest request,
            EffectScope scope,
            OutcomeRecord record,
            Consumer<EffectOutcome> then,
            Consumer<RuntimeException> bug) {
        Effect effect = effect(request);
        return threads.submit(() -> {
            EffectOutcome outcome;
            try {
                outcome = perform(effect, request, scope, record);
            } catch (RuntimeException e) {
                bug.accept(e);
                return;
            }
            then.accept(outcome);
        });
    }

    private static EffectOutcome perform(
            Effect effect, EffectRequest request, EffectScope scope, OutcomeRecord record) {
        if (!scope.mocks().isClosed() || !effect.family().equals("state")) {
            return effect.perform(request, scope, record);
        }
        PrivateState own = PrivateState.of(request, scope);
        return effect.perform(own.request(), own.scope(), record);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
