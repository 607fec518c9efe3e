package ai.fastn.camunda.engine;

import java.util.Comparator;
import java.util.Date;

/**
 * How long a job could have run: what was promised for a time (a timeout, the end of a wait, another attempt) comes
 * first, then what has waited longest.
 *
 * @param promised whether the job has a due date
 * @param at that due date, or when the job was created
 */
record Since(boolean promised, Date at) implements Comparable<Since> {

    private static final Comparator<Since> ORDER =
            Comparator.comparing((Since since) -> !since.promised()).thenComparing(Since::at);

    @Override
    public int compareTo(Since other) {
        return ORDER.compare(this, other);
    }
}
