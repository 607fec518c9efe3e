package ai.fastn.camunda.runtime;

/**
 * One line of a run's journal.
 *
 * @param epoch raised each time a retry goes back to a failed call
 * @param ordinal of the call; for values the number of the first; for a retry the ordinal it goes back to
 * @param effect name of the called function, empty where the line is no call
 * @param digest of name and arguments, empty where the line is no call
 * @param completion place of the outcome in the order in which outcomes reached the code, from 1
 * @param content packed text
 */
@SuppressWarnings("ArrayRecordComponent") // written once, compared by its key
public record JournalLine(
        int epoch, Kind kind, int ordinal, String effect, String digest, int completion, byte[] content) {

    /** What a line holds. */
    public enum Kind {
        /** The outcome of a call. */
        OUTCOME,
        /** Values read from the clock and random sources. */
        VALUES,
        /** A retry went back to a failed call. */
        RETRY,
        /** A call that must not be repeated unasked is about to be performed, or a wait outlives its step. */
        STARTED,
        /** Mocks of the run were for a call. */
        MOCKED
    }

    Key key() {
        return new Key(epoch, kind, ordinal);
    }

    /** Where the outcome of a started call is found. */
    Key outcomeKey() {
        return new Key(epoch, Kind.OUTCOME, ordinal);
    }

    /** What a line is found by, within its run. */
    record Key(int epoch, Kind kind, int ordinal) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byEpoch = Integer.compare(epoch, other.epoch);
            int byKind = byEpoch != 0 ? byEpoch : kind.compareTo(other.kind);
            return byKind != 0 ? byKind : Integer.compare(ordinal, other.ordinal);
        }
    }
}
