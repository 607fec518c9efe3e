package ai.fastn.camunda.runtime;

import java.time.Clock;

/** What all runs of an application share. */
record Surroundings(
        Sandbox sandbox,
        GuestThreads threads,
        EffectGate gate,
        FrameCipher cipher,
        RunEvents events,
        Clock clock,
        Ticker ticker,
        RuntimeLimits limits,
        CallRecorder recorder) {

    private static final long NOISE_MILLIS = 50;

    /** How far the application's clock is ahead of the machine's; other than 0 only where a test moves it. */
    long clockOffset() {
        long offset = clock.millis() - System.currentTimeMillis();
        return Math.abs(offset) < NOISE_MILLIS ? 0 : offset;
    }
}
