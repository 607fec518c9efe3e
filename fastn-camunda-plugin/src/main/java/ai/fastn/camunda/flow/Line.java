package ai.fastn.camunda.flow;

import ai.fastn.camunda.flow.FlowGraph.Edge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps one after the other, still without numbers. */
final class Line {

    final List<Entry> entries = new ArrayList<>();

    /** Where a line without steps leads. */
    private @Nullable String target;

    /** A step or region in a line. */
    static final class Entry {

        final String id;

        /** The first node in it: itself, if it is none that holds others. */
        final String begin;

        final Line inside = new Line();
        final List<Turn> turns = new ArrayList<>();

        /** Where it leads, when that is not what comes next in the line. */
        @Nullable String target;

        private Entry(String id, String begin) {
            this.id = id;
            this.begin = begin;
        }
    }

    /** A way on from an entry. */
    record Turn(Edge edge, String label, Line line) {}

    Entry add(String id, String begin) {
        Entry entry = new Entry(id, begin);
        entries.add(entry);
        return entry;
    }

    void append(Line other) {
        entries.addAll(other.entries);
    }

    /** The line ends here and goes on at a node that stands elsewhere. */
    void leadsTo(String node) {
        if (entries.isEmpty()) {
            target = node;
        } else {
            entries.get(entries.size() - 1).target = node;
        }
    }

    @Nullable String target() {
        return target;
    }
}
