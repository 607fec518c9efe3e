package ai.fastn.camunda.runtime;

/** The time that timers of guest code go by. */
public interface Ticker {

    /** The machine's time. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since any fixed moment. */
    long nanoTime();

    /** Told before a step waits and nothing but a timer can end the wait; a test lets that time pass at once. */
    default void idle(long nanos) {}
}
