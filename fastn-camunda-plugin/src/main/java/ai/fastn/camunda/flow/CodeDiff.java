package ai.fastn.camunda.flow;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two texts side by side: every line of both, in order.
 *
 * @param added how many lines only the second text has
 * @param removed how many lines only the first text has
 */
public record CodeDiff(List<Line> lines, int added, int removed) {

    /** More pairs of differing lines than these are not compared one by one: they count as replaced. */
    private static final long MOST_PAIRS = 20_000_000;

    public CodeDiff {
        lines = List.copyOf(lines);
    }

    /**
     * A line.
     *
     * @param change {@code same}, {@code added} or {@code removed}
     * @param from number in the first text from 1; null for an added line
     * @param to number in the second text from 1; null for a removed line
     */
    public record Line(
            String change, @Nullable Integer from, @Nullable Integer to, String text) {}

    /** Compares two texts line by line. */
    public static CodeDiff between(String from, String to) {
        List<String> old = lines(from);
        List<String> now = lines(to);
        int head = 0;
        while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), now.size()) - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        Rows rows = new Rows(old, now);
        rows.same(head);
        rows.compare(old.size() - tail, now.size() - tail);
        rows.same(tail);
        return rows.diff();
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\\R", -1));
    }

    /** The lines of the result, gathered from top to bottom. */
    private static final class Rows {

        private final List<String> old;
        private final List<String> now;
        private final List<Line> lines = new ArrayList<>();
        private int from;
        private int to;

        Rows(List<String> old, List<String> now) {
            this.old = old;
            this.now = now;
        }

        void same(int count) {
            for (int i = 0; i < count; i++) {
                lines.add(new Line("same", from + 1, to + 1, now.get(to)));
                from++;
                to++;
            }
        }

        void removeUntil(int end) {
            while (from < end) {
                lines.add(new Line("removed", from + 1, null, old.get(from)));
                from++;
            }
        }

        void addUntil(int end) {
            while (to < end) {
                lines.add(new Line("added", null, to + 1, now.get(to)));
                to++;
            }
        }

        void compare(int endOfOld, int endOfNow) {
            List<String> before = old.subList(from, endOfOld);
            List<String> after = now.subList(to, endOfNow);
            if ((long) before.size() * after.size() <= MOST_PAIRS) {
                int startOfOld = from;
                int startOfNow = to;
                Patch<String> patch = DiffUtils.diff(before, after);
                for (AbstractDelta<String> delta : patch.getDeltas()) {
                    same(startOfOld + delta.getSource().getPosition() - from);
                    removeUntil(startOfOld + delta.getSource().last() + 1);
                    addUntil(startOfNow + delta.getTarget().last() + 1);
                }
                same(endOfOld - from);
            }
            removeUntil(endOfOld);
            addUntil(endOfNow);
        }

        CodeDiff diff() {
            int removed = (int) lines.stream().filter(line -> line.to() == null).count();
            int added = (int) lines.stream().filter(line -> line.from() == null).count();
            return new CodeDiff(lines, added, removed);
        }
    }
}
