package ai.fastn.camunda.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands, as stored with the engine's token: a frame and what was passed since. A value; the arrays are
 * never changed.
 *
 * @param sequence counts the checkpoints of a run, from 1; says whether a live context fits what was committed
 * @param base the frame, absent until one was worth writing
 * @param baseIsNew whether the base differs from the one of the checkpoint before: only then it has to be written
 * @param path steps, conditions and waits passed since the base, in order
 * @param fence of who made it; of the one that last took the run over, where it was read
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read once
public record Checkpoint(long sequence, byte @Nullable [] base, boolean baseIsNew, byte[] path, long fence) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Checkpoint that
                && sequence == that.sequence
                && Arrays.equals(base, that.base)
                && Arrays.equals(path, that.path);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }

    @Override
    public String toString() {
        return "checkpoint " + sequence;
    }
}
