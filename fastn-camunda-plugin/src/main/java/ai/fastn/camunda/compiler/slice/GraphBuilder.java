package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lays steps one behind the other. The open ways are those that lead to whatever comes next; none: what comes next can
 * not be reached and is left out.
 */
final class GraphBuilder {

    private final List<Draft> drafts = new ArrayList<>();
    private final List<OpenRegion> regions = new ArrayList<>();
    private final List<OpenBranch> open = new ArrayList<>();
    private final List<Piece> prefix = new ArrayList<>();
    private OpenRegion region;
    private boolean atEntry = true;

    GraphBuilder() {
        region = new OpenRegion(0, null, "");
        regions.add(region);
    }

    List<Draft> drafts() {
        return drafts;
    }

    List<OpenRegion> regions() {
        return regions;
    }

    boolean isReachable() {
        return atEntry || !open.isEmpty();
    }

    /** Code that has to run directly before what comes next, in the same step if that performs an effect. */
    void before(Piece piece) {
        if (isReachable()) {
            prefix.add(piece);
        }
    }

    /** Statements; pure ones join the pure step before them. */
    void code(Piece piece) {
        if (!isReachable()) {
            return;
        }
        if (piece.effects().isEmpty()) {
            flush();
            pure(piece);
            return;
        }
        Draft draft = append(new Draft(region, null));
        draft.pieces.addAll(prefix);
        prefix.clear();
        add(draft, piece);
        openFrom(draft);
    }

    /** Statements of one step, whatever they do. */
    Draft together(List<Piece> pieces) {
        Draft draft = append(new Draft(region, null));
        draft.pieces.addAll(prefix);
        prefix.clear();
        pieces.forEach(piece -> add(draft, piece));
        openFrom(draft);
        return draft;
    }

    /** Statements that give back the result of the workflow. */
    void returning(Piece piece) {
        if (!isReachable()) {
            return;
        }
        code(piece);
        open.get(0).from.returns = true;
    }

    private void pure(Piece piece) {
        Draft last = open.size() == 1 ? open.get(0).from : null;
        boolean joins = last != null
                && last.isCode()
                && (!last.hasEffects() || last.isFloating() || piece.isInternal())
                && !last.returns
                && last.region == region;
        if (last != null && joins) {
            add(last, piece);
            return;
        }
        Draft draft = append(new Draft(region, null));
        add(draft, piece);
        openFrom(draft);
    }

    private void flush() {
        List<Piece> waiting = List.copyOf(prefix);
        prefix.clear();
        waiting.forEach(this::pure);
    }

    /** What only the compiler wants between two questions is done with the answer that leads on. */
    private boolean noteOnCondition() {
        OpenBranch way = open.size() == 1 ? open.get(0) : null;
        if (way == null || way.condition == null || !prefix.stream().allMatch(Piece::isInternal)) {
            return false;
        }
        way.notes.addAll(prefix);
        prefix.clear();
        return true;
    }

    /** Notes something on each way that is open: in the step it comes from, or with its condition. */
    void note(Piece note) {
        flush();
        List<OpenBranch> ways = List.copyOf(open);
        List<OpenBranch> bare = new ArrayList<>();
        open.clear();
        for (OpenBranch way : ways) {
            if (way.from.isCode() && !way.from.returns) {
                way.from.pieces.add(note);
                open.add(way);
            } else if (way.condition != null) {
                way.notes.add(note);
                open.add(way);
            } else {
                bare.add(way);
            }
        }
        if (bare.isEmpty() && !atEntry) {
            return;
        }
        List<OpenBranch> noted = List.copyOf(open);
        open.clear();
        open.addAll(bare);
        pure(note);
        open.addAll(noted);
    }

    private static void add(Draft draft, Piece piece) {
        draft.pieces.add(piece);
        draft.span = hull(draft.span, piece.span());
    }

    private static @Nullable SourceSpan hull(@Nullable SourceSpan a, @Nullable SourceSpan b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return new SourceSpan(Math.min(a.start(), b.start()), Math.max(a.end(), b.end()));
    }

    /** A step that is not code; it ends the open ways and opens none. */
    @Nullable Draft step(Action action, @Nullable SourceSpan span) {
        if (!isReachable()) {
            return null;
        }
        if (!noteOnCondition()) {
            flush();
        }
        Draft draft = append(new Draft(region, action));
        draft.span = span;
        return draft;
    }

    /** Opens the way on from a step. */
    void openFrom(Draft draft) {
        open.add(branch(draft, "", null));
    }

    /** The author's words at this place say where the open ways lead. */
    void words(SourceSpan span) {
        open.forEach(way -> way.words.add(span));
    }

    /** Makes a way open again. */
    void open(OpenBranch branch) {
        open.add(branch);
    }

    OpenBranch branch(Draft from, String label, @Nullable String condition) {
        OpenBranch branch = new OpenBranch(from, label, condition);
        from.branches.add(branch);
        return branch;
    }

    private Draft append(Draft draft) {
        drafts.add(draft);
        if (atEntry) {
            region.entry = draft;
            atEntry = false;
        }
        open.forEach(way -> way.target = draft);
        open.clear();
        return draft;
    }

    /** Sends the open ways to a label. */
    void goTo(Label label) {
        if (!isReachable()) {
            return;
        }
        flush();
        if (atEntry) {
            openFrom(append(new Draft(region, new Action.Join())));
        }
        label.arriving.addAll(open);
        open.clear();
    }

    /** Here is the label: its ways join the open ones. */
    void place(Label label) {
        if (isReachable() && !prefix.isEmpty()) {
            flush();
        }
        open.addAll(label.arriving);
        label.arriving.clear();
    }

    /** The beginning of a loop, which later steps can lead back to. */
    @Nullable Draft join(Mention loop) {
        Draft join = step(new Action.Join(), null);
        if (join != null) {
            join.loop = loop;
            openFrom(join);
        }
        return join;
    }

    /** Leads the open ways back. */
    void backTo(Draft join) {
        flush();
        open.forEach(way -> way.target = join);
        open.clear();
    }

    /** A new region inside the current one. */
    OpenRegion region(String slot) {
        OpenRegion created = new OpenRegion(regions.size(), region, slot);
        regions.add(created);
        return created;
    }

    /** What follows lies in the region until {@link #leave}. */
    void enter(OpenRegion entered) {
        flush();
        region = entered;
        atEntry = true;
    }

    /** Ends a region: what follows lies in the one around it and is reached by nothing yet. */
    void leave(OpenRegion left) {
        open.clear();
        atEntry = false;
        region = Objects.requireNonNull(left.parent);
    }
}
