package ai.fastn.camunda.runtime;

/** Kills a run at one of the points it passes: around each effect and each write of the journal. */
final class CrashPoints {

    private final int fatal;
    private int passed;

    CrashPoints(int fatal) {
        this.fatal = fatal;
    }

    static CrashPoints none() {
        return new CrashPoints(-1);
    }

    synchronized void pass() {
        if (passed++ == fatal) {
            throw new Crash();
        }
    }

    synchronized boolean wasReached() {
        return fatal >= 0 && passed > fatal;
    }

    /** The process dies here. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
