package ai.fastn.camunda.bench.generate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Makes a program that shows a fault as small as it can while it still shows it. */
public final class Shrinker {

    private static final List<String> CONSTANTS = List.of("0", "1", "'a'", "[]", "[1]", "true", "undefined", "({})");

    private final Predicate<Tree> shows;
    private final Instant deadline;
    private Tree best;

    private Shrinker(Tree program, Predicate<Tree> shows, Duration limit) {
        this.best = program;
        this.shows = shows;
        this.deadline = Instant.now().plus(limit);
    }

    /**
     * The smallest program found in the time.
     *
     * @param shows whether a program shows the fault
     */
    public static Tree smallest(Tree program, Predicate<Tree> shows, Duration limit) {
        return new Shrinker(program, shows, limit).smallest();
    }

    private Tree smallest() {
        String before;
        do {
            before = best.text();
            visit(List.of());
        } while (!before.equals(best.text()) && Instant.now().isBefore(deadline));
        return best;
    }

    /** Tries what can be done at a place of the program, then inside it. */
    private void visit(List<Integer> path) {
        leaveOut(path);
        hoist(path);
        for (int i = 0; i < at(path).parts().size(); i++) {
            List<Integer> inner = new ArrayList<>(path);
            inner.add(i);
            visit(inner);
        }
    }

    private Tree at(List<Integer> path) {
        Tree tree = best;
        for (int index : path) {
            tree = tree.parts().get(index);
        }
        return tree;
    }

    /** Parts of a series, as many at once as possible. */
    private void leaveOut(List<Integer> path) {
        if (!(at(path) instanceof Tree.Series)) {
            return;
        }
        for (int length = at(path).parts().size(); length > 0; length /= 2) {
            int from = 0;
            while (from + length <= at(path).parts().size()) {
                List<Tree> fewer = new ArrayList<>(at(path).parts());
                fewer.subList(from, from + length).clear();
                if (!replace(path, tree -> tree.with(fewer))) {
                    from += length;
                }
            }
        }
    }

    /** A part of the same sort in the place of the whole. */
    private void hoist(List<Integer> path) {
        if (!(at(path) instanceof Tree.Phrase phrase) || phrase.sort() == Tree.Sort.OTHER) {
            return;
        }
        List<Tree> candidates = new ArrayList<>();
        if (phrase.sort() == Tree.Sort.EXPRESSION) {
            CONSTANTS.stream()
                    .filter(constant -> constant.length() < phrase.text().length())
                    .forEach(constant -> candidates.add(Tree.expression(constant)));
        }
        collect(phrase, phrase.sort(), candidates);
        for (Tree candidate : candidates) {
            if (candidate.text().length() < at(path).text().length() && replace(path, tree -> candidate)) {
                hoist(path);
                return;
            }
        }
    }

    private static void collect(Tree tree, Tree.Sort sort, List<Tree> found) {
        for (Tree part : tree.parts()) {
            boolean same = part instanceof Tree.Phrase phrase && phrase.sort() == sort;
            boolean statements = sort == Tree.Sort.STATEMENT
                    && part instanceof Tree.Series series
                    && series.separator().equals("\n");
            if (same || statements) {
                found.add(part);
            }
            if (!same) {
                collect(part, sort, found);
            }
        }
    }

    private boolean replace(List<Integer> path, UnaryOperator<Tree> change) {
        Tree changed = replaced(best, path, change);
        if (Instant.now().isAfter(deadline) || !shows.test(changed)) {
            return false;
        }
        best = changed;
        return true;
    }

    private static Tree replaced(Tree tree, List<Integer> path, UnaryOperator<Tree> change) {
        if (path.isEmpty()) {
            return change.apply(tree);
        }
        List<Tree> parts = new ArrayList<>(tree.parts());
        int index = path.get(0);
        parts.set(index, replaced(parts.get(index), path.subList(1, path.size()), change));
        return tree.with(parts);
    }
}
