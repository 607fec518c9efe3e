package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds a free place for the name of each edge, near where it begins to be its own. */
final class EdgeLabels {

    /** Clear of the stroke that marks a default flow. */
    private static final double FROM_END = 10;

    private static final double BESIDE = 3;

    private final Strips<Box> taken = new Strips<>();
    private final Strips<Segment> segments = new Strips<>();
    private final List<List<Point>> edges;
    private final Map<Point, List<List<Point>>> byBeginning;

    EdgeLabels(List<Box> taken, List<List<Point>> edges) {
        this.edges = edges;
        this.byBeginning =
                edges.stream().filter(edge -> !edge.isEmpty()).collect(Collectors.groupingBy(edge -> edge.get(0)));
        taken.forEach(this::take);
        for (List<Point> edge : edges) {
            for (int i = 1; i < edge.size(); i++) {
                Segment segment = new Segment(edge.get(i - 1), edge.get(i));
                segments.add(segment.from(), segment.to(), segment);
            }
        }
    }

    /** A straight part of an edge. */
    private record Segment(Point a, Point b) {

        double from() {
            return Math.min(a.u(), b.u());
        }

        double to() {
            return Math.max(a.u(), b.u());
        }
    }

    Optional<Box> place(Link link) {
        List<Point> points = edges.get(link.index());
        if (link.label().isNone() || points.size() < 2) {
            return Optional.empty();
        }
        List<Box> candidates = new ArrayList<>();
        int own = firstOwnSegment(points);
        IntStream.concat(IntStream.range(own, points.size()), IntStream.range(1, own))
                .forEach(i -> candidates.addAll(beside(points.get(i - 1), points.get(i), link.label())));
        Box best = candidates.stream()
                .filter(box -> isFree(box) && !isCrossed(box))
                .findFirst()
                .or(() -> candidates.stream().filter(this::isFree).findFirst())
                .orElse(candidates.get(0));
        take(best);
        return Optional.of(best);
    }

    /** Behind what it shares with edges that begin at the same point: a label there could be any one's. */
    private int firstOwnSegment(List<Point> points) {
        int shared = byBeginning.getOrDefault(points.get(0), List.of()).stream()
                .filter(other -> other != points)
                .mapToInt(other -> sharedSegments(points, other))
                .max()
                .orElse(0);
        return Math.min(shared + 1, points.size() - 1);
    }

    private static int sharedSegments(List<Point> one, List<Point> other) {
        int shared = 0;
        while (shared + 1 < Math.min(one.size(), other.size())
                && one.get(shared).equals(other.get(shared))
                && direction(one, shared).equals(direction(other, shared))) {
            shared++;
        }
        return shared;
    }

    private static Point direction(List<Point> points, int segment) {
        Point a = points.get(segment);
        Point b = points.get(segment + 1);
        return new Point(Math.signum(b.u() - a.u()), Math.signum(b.v() - a.v()));
    }

    private boolean isFree(Box box) {
        return !taken.any(box.u(), box.endU(), box::overlaps);
    }

    private void take(Box box) {
        taken.add(box.u(), box.endU(), box);
    }

    private boolean isCrossed(Box box) {
        return segments.any(box.u(), box.endU(), segment -> box.isCutBy(segment.a(), segment.b()));
    }

    /** Places on both sides of a segment: at its beginning, in its middle, at its end. */
    private static List<Box> beside(Point a, Point b, Extent label) {
        List<Box> boxes = new ArrayList<>();
        double far = Spacing.LABEL_GAP;
        if (a.v() == b.v()) {
            double begin = a.u() < b.u() ? a.u() + FROM_END : a.u() - FROM_END - label.along();
            double end = a.u() < b.u() ? b.u() - FROM_END - label.along() : b.u() + FROM_END;
            for (double u : new double[] {begin, (begin + end) / 2, end}) {
                boxes.add(Box.of(u, a.v() - far - label.across(), label));
                boxes.add(Box.of(u, a.v() + far, label));
            }
        } else {
            double begin = a.v() < b.v() ? a.v() + far : a.v() - far - label.across();
            double end = a.v() < b.v() ? b.v() - far - label.across() : b.v() + far;
            for (double v : new double[] {begin, (begin + end) / 2, end}) {
                boxes.add(Box.of(a.u() + BESIDE, v, label));
                boxes.add(Box.of(a.u() - BESIDE - label.along(), v, label));
            }
        }
        return boxes;
    }
}
