package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Branch;
import ai.fastn.camunda.compiler.slice.Region;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.compiler.slice.StepGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Tells where the ways parted that meet at a step: the immediate dominator, found as in Cooper, Harvey, Kennedy: A
 * Simple, Fast Dominance Algorithm.
 */
final class Forks {

    private static final int NONE = -1;

    private final StepGraph graph;
    private final List<List<Integer>> before = new ArrayList<>();

    /** Steps, each before those it leads to, but for the ways back in loops. */
    private final List<Integer> order = new ArrayList<>();

    private final int[] place;
    private final int[] dominators;

    Forks(StepGraph graph) {
        this.graph = graph;
        int size = graph.steps().size();
        this.place = new int[size];
        this.dominators = new int[size];
        graph.steps().forEach(step -> before.add(new ArrayList<>()));
        graph.steps().forEach(step -> next(step).forEach(to -> before.get(to).add(step.number())));
        sort(graph.regions().get(0).entry());
        dominate();
    }

    /** The step before a step through which all ways to it lead; none before the first. */
    OptionalInt before(int step) {
        return dominators[step] == NONE ? OptionalInt.empty() : OptionalInt.of(dominators[step]);
    }

    /** Where a step leads to; a try leads to its first step too. */
    private List<Integer> next(Step step) {
        List<Integer> next = new ArrayList<>();
        if (step.action() instanceof Action.Attempt attempt) {
            Region region = graph.regions().get(attempt.region());
            next.add(region.entry());
        }
        step.branches().stream().map(Branch::target).forEach(next::add);
        return next;
    }

    private void sort(int entry) {
        boolean[] seen = new boolean[place.length];
        Deque<Integer> path = new ArrayDeque<>();
        Deque<Iterator<Integer>> ways = new ArrayDeque<>();
        seen[entry] = true;
        path.push(entry);
        ways.push(next(graph.step(entry)).iterator());
        while (!path.isEmpty()) {
            Iterator<Integer> way = ways.element();
            if (!way.hasNext()) {
                order.add(path.pop());
                ways.pop();
                continue;
            }
            int to = way.next();
            if (!seen[to]) {
                seen[to] = true;
                path.push(to);
                ways.push(next(graph.step(to)).iterator());
            }
        }
        Collections.reverse(order);
        for (int i = 0; i < order.size(); i++) {
            place[order.get(i)] = i;
        }
    }

    private void dominate() {
        Arrays.fill(dominators, NONE);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int step : order.subList(1, order.size())) {
                int common = common(step);
                changed |= dominators[step] != common;
                dominators[step] = common;
            }
        }
    }

    /** The nearest step through which all ways known so far lead. */
    private int common(int step) {
        int common = NONE;
        for (int from : before.get(step)) {
            boolean known = from == order.get(0) || dominators[from] != NONE;
            if (known) {
                common = common == NONE ? from : common(common, from);
            }
        }
        return common;
    }

    private int common(int one, int other) {
        int a = one;
        int b = other;
        while (a != b) {
            if (place[a] > place[b]) {
                a = dominators[a];
            } else {
                b = dominators[b];
            }
        }
        return a;
    }
}
