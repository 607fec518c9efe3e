package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes away what carries nothing: joins, empty code, questions with one answer; and lays pure code together. */
final class Simplifier {

    private final List<Draft> drafts;
    private final List<OpenRegion> regions;
    private final Map<Piece, Integer> ranks = new IdentityHashMap<>();

    Simplifier(GraphBuilder graph) {
        this.drafts = graph.drafts();
        this.regions = graph.regions();
    }

    /** The steps that remain, in the order of the text. */
    List<Draft> simplify() {
        boolean changed = true;
        while (changed) {
            drafts.forEach(draft -> draft.branches.forEach(Simplifier::resolve));
            regions.forEach(region -> region.entry = resolve(region.entry));
            changed = false;
            for (Draft draft : reachable()) {
                changed |= simplifyDecision(draft);
            }
        }
        drafts.forEach(draft -> draft.pieces.forEach(piece -> ranks.putIfAbsent(piece, ranks.size())));
        mergeCode();
        Set<Draft> reachable = reachable();
        return drafts.stream().filter(reachable::contains).toList();
    }

    /** The place of a piece in the order in which the code was cut, whatever has been laid together since. */
    int rank(Piece piece) {
        return ranks.getOrDefault(piece, ranks.size());
    }

    /** The loops that begin at steps; where several do, the one that the others are in. */
    Map<Draft, Mention> loops() {
        Map<Draft, Mention> loops = new IdentityHashMap<>();
        for (Draft draft : drafts) {
            Draft beginning = draft.loop == null ? null : resolve(draft);
            if (beginning != null) {
                loops.putIfAbsent(beginning, draft.loop);
            }
        }
        return loops;
    }

    private static void resolve(OpenBranch way) {
        way.target = resolve(way.target, way.words);
    }

    private static @Nullable Draft resolve(@Nullable Draft target) {
        return resolve(target, new HashSet<>());
    }

    /** @param words get those on the ways through what carries nothing */
    private static @Nullable Draft resolve(@Nullable Draft target, Set<SourceSpan> words) {
        Draft at = target;
        Set<Draft> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (at != null && carriesNothing(at) && seen.add(at)) {
            words.addAll(at.branches.get(0).words);
            at = at.branches.get(0).target;
        }
        return at;
    }

    private static boolean carriesNothing(Draft draft) {
        boolean join = draft.action instanceof Action.Join || draft.isEmptyCode();
        return join && draft.branches.size() == 1 && draft.branches.get(0).target != draft;
    }

    Set<Draft> reachable() {
        Set<Draft> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Draft> open = new ArrayDeque<>();
        push(open, seen, regions.get(0).entry);
        while (!open.isEmpty()) {
            Draft draft = open.pop();
            draft.branches.forEach(branch -> push(open, seen, branch.target));
            if (draft.action instanceof Action.Attempt attempt) {
                push(open, seen, regions.get(attempt.region()).entry);
            }
        }
        return seen;
    }

    private static void push(Deque<Draft> open, Set<Draft> seen, @Nullable Draft draft) {
        if (draft != null && seen.add(draft)) {
            open.push(draft);
        }
    }

    /** Answers that lead to the same step are one answer; a question with one answer is no question. */
    private static boolean simplifyDecision(Draft draft) {
        if (!(draft.action instanceof Action.Decision)) {
            return false;
        }
        boolean changed = false;
        for (int i = draft.branches.size() - 2; i >= 0; i--) {
            OpenBranch first = draft.branches.get(i);
            OpenBranch second = draft.branches.get(i + 1);
            if (first.target == second.target && first.condition != null && second.condition != null) {
                OpenBranch both = new OpenBranch(
                        draft,
                        first.label + ", " + second.label,
                        "(" + first.fullCondition() + ") || (" + second.fullCondition() + ")");
                both.target = first.target;
                both.words.addAll(first.words);
                both.words.addAll(second.words);
                draft.branches.set(i, both);
                draft.branches.remove(i + 1);
                changed = true;
            }
        }
        OpenBranch last = draft.branches.get(draft.branches.size() - 1);
        Set<Draft> targets = Collections.newSetFromMap(new IdentityHashMap<>());
        draft.branches.forEach(branch -> {
            if (branch.target != null) {
                targets.add(branch.target);
            }
        });
        if (targets.size() == 1) {
            evaluateOnly(draft, last);
            return true;
        }
        return changed;
    }

    /** Both answers go the same way: what remains of the question is that it is evaluated. */
    private static void evaluateOnly(Draft draft, OpenBranch way) {
        boolean ofCompiler = draft.action instanceof Action.Decision decision
                && decision.ended().isPresent();
        List<String> conditions = new ArrayList<>();
        for (OpenBranch branch : draft.branches) {
            if (branch.condition != null && !(ofCompiler && branch.condition.equals(branch.fullCondition()))) {
                conditions.add("(" + branch.fullCondition() + ")");
            }
        }
        draft.action = null;
        if (!conditions.isEmpty()) {
            draft.pieces.add(
                    new Piece(String.join(" || ", conditions) + ";", draft.span, List.of(), List.of(), null, false));
        }
        OpenBranch only = new OpenBranch(draft, "", null);
        only.target = way.target;
        draft.branches.forEach(branch -> only.words.addAll(branch.words));
        draft.branches.clear();
        draft.branches.add(only);
    }

    /** A merge changes for no other step whether it can be merged: one way through all of them is enough. */
    private void mergeCode() {
        Set<Draft> reachable = reachable();
        Map<Draft, Integer> incoming = incoming(reachable);
        for (Draft draft : drafts) {
            Draft next = reachable.contains(draft) ? mergeable(draft, incoming) : null;
            while (next != null) {
                merge(draft, next);
                reachable.remove(next);
                next = mergeable(draft, incoming);
            }
        }
    }

    private static void merge(Draft draft, Draft next) {
        draft.pieces.addAll(next.pieces);
        draft.span = draft.span == null ? next.span : draft.span;
        draft.returns = next.returns;
        draft.branches.forEach(way -> next.branches.forEach(on -> on.words.addAll(way.words)));
        draft.branches.clear();
        draft.branches.addAll(next.branches);
    }

    private static @Nullable Draft mergeable(Draft draft, Map<Draft, Integer> incoming) {
        if (!draft.isCode() || draft.hasEffects() || draft.returns || draft.branches.size() != 1) {
            return null;
        }
        Draft next = draft.branches.get(0).target;
        boolean fits = next != null
                && next != draft
                && next.isCode()
                && !next.hasEffects()
                && next.region == draft.region
                && incoming.getOrDefault(next, 0) == 1;
        return fits ? next : null;
    }

    private Map<Draft, Integer> incoming(Set<Draft> reachable) {
        IdentityHashMap<Draft, Integer> counts = new IdentityHashMap<>();
        for (Draft draft : reachable) {
            draft.branches.forEach(branch -> count(counts, branch.target));
        }
        regions.forEach(region -> count(counts, region.entry));
        return counts;
    }

    private static void count(Map<Draft, Integer> counts, @Nullable Draft draft) {
        if (draft != null) {
            counts.merge(draft, 1, Integer::sum);
        }
    }
}
