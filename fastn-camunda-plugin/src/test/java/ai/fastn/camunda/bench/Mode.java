package ai.fastn.camunda.bench;

/**
 * How a run is interrupted where nothing goes wrong.
 *
 * @param durable whether it keeps a journal that survives; an Instant run does not, and never stops
 * @param keeping what is left of the live context at each READ or WRITE step
 * @param attempts tries of a step whose error nothing catches; 0 for what the process says
 */
record Mode(String name, boolean durable, Keeping keeping, int attempts) {

    static final Mode LIVE = new Mode("live", false, Keeping.RUNNING, 1);
    static final Mode BURST = new Mode("one burst", true, Keeping.RUNNING, 1);
    static final Mode EVERY_EFFECT = new Mode("every effect", true, Keeping.CONTEXT, 1);
    static final Mode FRAME = new Mode("fresh from a frame", true, Keeping.FRAME, 1);
    static final Mode PATH = new Mode("fresh from the path", true, Keeping.PATH, 1);

    Mode attempts(int count) {
        return new Mode(name + ", " + (count == 0 ? "the process's" : count) + " attempts", durable, keeping, count);
    }

    @Override
    public String toString() {
        return name;
    }

    /** What goes from one engine transaction to the next. */
    enum Keeping {
        /** There is only one transaction, until a wait. */
        RUNNING,
        /** The live context stays in memory. */
        CONTEXT,
        /** Only a frame, where one can be written. */
        FRAME,
        /** Only the path since the start. */
        PATH
    }
}
