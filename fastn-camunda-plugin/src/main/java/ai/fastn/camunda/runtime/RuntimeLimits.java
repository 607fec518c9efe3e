package ai.fastn.camunda.runtime;

/**
 * What one run may take and what the runtime keeps.
 *
 * @param guestThreads how many runs execute JavaScript at the same time
 * @param bytesPerStep memory that one step may allocate, counted with what it has already given back
 * @param stackFrames depth of calls
 * @param effects calls of {@code fastn.*} in one run
 * @param liveRuns contexts kept between the jobs of an execution
 * @param programs compiled programs kept
 * @param frameBytes largest frame that is stored
 * @param outcomeBytes largest outcome of one call
 * @param recordBytes what the outcomes of one run may take together, as they are stored
 * @param replayMillis time that running the code since the last frame again may take before a new frame is considered
 */
public record RuntimeLimits(
        int guestThreads,
        long bytesPerStep,
        int stackFrames,
        int effects,
        int liveRuns,
        int programs,
        int frameBytes,
        int outcomeBytes,
        long recordBytes,
        int replayMillis) {

    public static final RuntimeLimits DEFAULT =
            new RuntimeLimits(64, 1L << 30, 1_000, 20_000, 64, 500, 32 << 20, 16 << 20, 256L << 20, 5);

    /** The same with other sizes of what is recorded. */
    public RuntimeLimits recording(int outcome, long record) {
        return new RuntimeLimits(
                guestThreads,
                bytesPerStep,
                stackFrames,
                effects,
                liveRuns,
                programs,
                frameBytes,
                outcome,
                record,
                replayMillis);
    }
}
