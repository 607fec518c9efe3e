package ai.fastn.camunda.runtime;

/**
 * What one run may take and give, and what the runtime keeps.
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
 * @param secretsOutput what becomes of a result that carries a secret
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
        int replayMillis,
        SecretsOutput secretsOutput) {

    public static final RuntimeLimits DEFAULT =
            new RuntimeLimits(64, 1L << 30, 1_000, 20_000, 64, 500, 32 << 20, 16 << 20, 256L << 20, 5);

    /** With secrets taken out of results. */
    public RuntimeLimits(
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
        this(
                guestThreads,
                bytesPerStep,
                stackFrames,
                effects,
                liveRuns,
                programs,
                frameBytes,
                outcomeBytes,
                recordBytes,
                replayMillis,
                SecretsOutput.REDACT);
    }

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
                replayMillis,
                secretsOutput);
    }

    /** The same with this for results that carry a secret. */
    public RuntimeLimits giving(SecretsOutput output) {
        return new RuntimeLimits(
                guestThreads,
                bytesPerStep,
                stackFrames,
                effects,
                liveRuns,
                programs,
                frameBytes,
                outcomeBytes,
                recordBytes,
                replayMillis,
                output);
    }
}
