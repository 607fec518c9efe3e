package ai.fastn.camunda.runtime;

import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Numbers outcomes in the order in which they reach the code. An effect that records its outcome in its own transaction
 * reserves its number there; then nothing with a higher number reaches the code before it.
 */
final class Completions {

    private final TreeSet<Integer> reserved = new TreeSet<>();
    private int last;

    synchronized void seen(int completion) {
        last = Math.max(last, completion);
    }

    synchronized int reserve() {
        reserved.add(++last);
        return last;
    }

    /** The next number, unless an outcome with a reserved one is still under way. */
    synchronized OptionalInt next() {
        return reserved.isEmpty() ? OptionalInt.of(++last) : OptionalInt.empty();
    }

    /** Whether it is the turn of a reserved number; takes it. */
    synchronized boolean take(int completion) {
        return reserved.first() == completion && reserved.remove(completion);
    }
}
