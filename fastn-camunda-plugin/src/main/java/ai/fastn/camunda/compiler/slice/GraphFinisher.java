package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the drafts that remain into the step graph. */
final class GraphFinisher {

    private final AnalyzedScript source;
    private final CodeText code;
    private final Deeds deeds;

    GraphFinisher(AnalyzedScript source) {
        this.source = source;
        Lines lines = new Lines(source.script().javaScript());
        this.deeds = new Deeds(source);
        this.code = new CodeText(source.script(), lines, deeds);
    }

    StepGraph finish(String prelude, GraphBuilder graph) {
        Simplifier simplifier = new Simplifier(graph);
        List<Draft> kept = simplifier.simplify();
        for (int i = 0; i < kept.size(); i++) {
            kept.get(i).number = i;
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        List<Region> regions = regions(graph, kept, numbers);
        List<Step> steps = new ArrayList<>();
        for (Draft draft : kept) {
            steps.add(step(draft, numbers, simplifier));
        }
        StepGraph finished =
                new StepGraph(prelude, steps, regions, Mentions.of(source, deeds), loops(kept, simplifier));
        new GraphCheck(finished).check();
        return finished;
    }

    private static Map<Integer, Mention> loops(List<Draft> kept, Simplifier simplifier) {
        Map<Draft, Mention> ofDrafts = simplifier.loops();
        Map<Integer, Mention> loops = new HashMap<>();
        kept.stream().filter(ofDrafts::containsKey).forEach(draft -> loops.put(draft.number, ofDrafts.get(draft)));
        return loops;
    }

    private static List<Region> regions(GraphBuilder graph, List<Draft> kept, Map<Integer, Integer> numbers) {
        List<Region> regions = new ArrayList<>();
        for (OpenRegion region : graph.regions()) {
            boolean used = region.parent == null
                    || kept.stream()
                            .anyMatch(draft -> draft.action instanceof Action.Attempt attempt
                                    && attempt.region() == region.number);
            if (used && region.entry != null) {
                int parent = region.parent == null ? -1 : numbers.getOrDefault(region.parent.number, 0);
                numbers.put(region.number, regions.size());
                regions.add(new Region(regions.size(), parent, region.entry.number));
            }
        }
        return regions;
    }

    private Step step(Draft draft, Map<Integer, Integer> numbers, Simplifier simplifier) {
        Action action = draft.action;
        Optional<SourceSpan> span = Optional.ofNullable(draft.span);
        if (action == null) {
            action = code.action(draft.pieces, draft.returns, simplifier::rank);
            span = Optional.ofNullable(span(draft.pieces));
        } else if (action instanceof Action.Attempt attempt) {
            action = new Action.Attempt(
                    numbers.getOrDefault(attempt.region(), -1),
                    span.map(deeds::trying).orElse(Deeds.TRY));
        } else if (action instanceof Action.Decision decision
                && decision.ended().isPresent()) {
            action =
                    Action.Decision.ofEnds(numbers.getOrDefault(decision.ended().getAsInt(), -1));
        }
        List<Branch> branches = new ArrayList<>();
        for (OpenBranch branch : draft.branches) {
            Draft target = branch.target;
            if (target == null) {
                throw new IllegalStateException("bug: step " + draft.number + " leads nowhere");
            }
            List<Place> words = branch.words.stream()
                    .map(at -> Place.of(source.script(), at))
                    .sorted()
                    .toList();
            branches.add(new Branch(branch.label, Optional.ofNullable(branch.fullCondition()), target.number, words));
        }
        return new Step(
                draft.number,
                numbers.getOrDefault(draft.region.number, -1),
                action,
                span.map(at -> Place.of(source.script(), at)),
                branches);
    }

    /** From the first piece the author wrote to the last: the step's code begins at that place. */
    private static @Nullable SourceSpan span(List<Piece> pieces) {
        SourceSpan first = null;
        int end = 0;
        for (Piece piece : pieces) {
            if (piece.span() != null && piece.isNeeded()) {
                first = first == null ? piece.span() : first;
                end = Math.max(end, piece.span().end());
            }
        }
        return first == null ? null : new SourceSpan(first.start(), end);
    }
}
