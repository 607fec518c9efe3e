package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.StepKind;
import java.util.concurrent.CountDownLatch;

/** A node that stops for a while in the middle of one call, as one does whose machine is suspended. */
final class SleepingNode {

    private final int ordinal;
    private final boolean afterPerforming;
    private final CountDownLatch asleep = new CountDownLatch(1);
    private final CountDownLatch morning = new CountDownLatch(1);

    /** @param afterPerforming whether it stops between the call and the record of its outcome, or before the call */
    SleepingNode(int ordinal, boolean afterPerforming) {
        this.ordinal = ordinal;
        this.afterPerforming = afterPerforming;
    }

    /** An effect as this node performs it. */
    Effect of(Effect real) {
        return new Drowsy(real);
    }

    void awaitSleep() {
        await(asleep);
    }

    void wake() {
        morning.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One family of effects. */
    private final class Drowsy implements Effect {
        private final Effect real;

        Drowsy(Effect real) {
            this.real = real;
        }

        @Override
        public String family() {
            return real.family();
        }

        @Override
        public StepKind kind(EffectRequest request) {
            return real.kind(request);
        }

        @Override
        public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
            if (scope.ordinal() != ordinal) {
                return real.perform(request, scope, record);
            }
            if (!afterPerforming) {
                sleep();
                return real.perform(request, scope, record);
            }
            EffectOutcome outcome = real.perform(request, scope, record);
            sleep();
            return outcome;
        }

        private void sleep() {
            asleep.countDown();
            await(morning);
        }
    }
}
