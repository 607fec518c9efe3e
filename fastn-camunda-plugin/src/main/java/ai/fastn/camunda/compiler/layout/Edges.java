package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws the edges between placed nodes: the straight ones first, then the short ones, loops last. */
final class Edges {

    private final Plan plan;
    private final Places places;
    private final Raster raster;
    private final PathFinder finder;

    Edges(Plan plan, Places places) {
        this.plan = plan;
        this.places = places;
        this.raster = new Raster(plan, places);
        this.finder = new PathFinder(raster);
    }

    /** The points of every link, by its index. */
    List<List<Point>> draw() {
        List<List<Point>> drawn = new ArrayList<>();
        plan.links().forEach(link -> drawn.add(List.of()));
        Comparator<Link> order = Comparator.comparing((Link link) -> !isLevel(link))
                .thenComparing(this::isBack)
                .thenComparingDouble(this::length)
                .thenComparingInt(Link::index);
        plan.links().stream().sorted(order).forEach(link -> drawn.set(link.index(), draw(link)));
        return drawn;
    }

    private boolean isLevel(Link link) {
        return !link.leavesBorder() && !isBack(link) && lineOf(link.from()) == lineOf(link.to());
    }

    private boolean isBack(Link link) {
        return box(link.to()).u() <= box(link.from()).u();
    }

    private double length(Link link) {
        return Math.abs(box(link.to()).u() - box(link.from()).u()) + Math.abs(lineOf(link.to()) - lineOf(link.from()));
    }

    private double lineOf(int cell) {
        return places.line().get(cell);
    }

    private Box box(int cell) {
        return places.cells().get(cell);
    }

    private List<Point> draw(Link link) {
        List<PathFinder.Port> exits = exits(link);
        List<PathFinder.Port> entries = entries(link);
        PathFinder.Found found = finder.find(link, exits, entries, floor(link));
        if (found.crossings().isEmpty()) {
            return elbow(exits.get(0).dock(), entries.get(0).dock());
        }
        List<Point> points = new ArrayList<>();
        points.add(found.exit());
        for (int crossing : found.crossings()) {
            raster.pass(crossing, link);
            points.add(raster.at(crossing));
        }
        points.add(found.entry());
        return straightened(points);
    }

    /** Whether a line below was kept free for the link. */
    private boolean hasLane(Link link) {
        return places.lanes().containsKey(link.index());
    }

    private double floor(Link link) {
        if (!isBack(link)) {
            return Double.NEGATIVE_INFINITY;
        }
        double lowest = Math.max(lineOf(link.from()), lineOf(link.to()));
        return Math.max(lowest, places.lanes().getOrDefault(link.index(), lowest) - Spacing.EDGE_GAP / 2);
    }

    private static List<Point> elbow(Point from, Point to) {
        double middle = (from.u() + to.u()) / 2;
        return straightened(List.of(from, new Point(middle, from.v()), new Point(middle, to.v()), to));
    }

    private List<PathFinder.Port> exits(Link link) {
        if (link.leavesBorder()) {
            return List.of(port(Side.BELOW, places.borders().get(link.border()), 0, 0));
        }
        Box box = box(link.from());
        double line = lineOf(link.from());
        boolean fork = plan.outgoing().get(link.from()).stream()
                        .filter(other -> !other.leavesBorder())
                        .count()
                > 1;
        List<PathFinder.Port> ports = new ArrayList<>();
        if (!fork) {
            ports.add(port(Side.FORTH, box, line, 0));
            ports.add(port(Side.BELOW, box, line, isBack(link) ? 10 : 60));
            return ports;
        }
        if (isLevel(link)) {
            ports.add(port(Side.FORTH, box, line, 0));
        }
        ports.add(port(Side.BELOW, box, line, 0));
        if (!hasLane(link)) {
            ports.add(port(Side.ABOVE, box, line, 100));
        }
        return ports;
    }

    private List<PathFinder.Port> entries(Link link) {
        Cell to = plan.cells().get(link.to());
        Box box = box(link.to());
        double line = lineOf(link.to());
        boolean gateway = to.form() == Cell.Form.GATEWAY;
        List<PathFinder.Port> ports = new ArrayList<>();
        boolean shared = gateway && plan.incoming().get(link.to()).size() > 1;
        ports.add(port(Side.BACK, box, line, shared && !isLevel(link) ? 40 : 0));
        if (shared) {
            ports.add(port(Side.BELOW, box, line, 0));
            if (!hasLane(link)) {
                ports.add(port(Side.ABOVE, box, line, to.label().isNone() ? 20 : 90));
            }
        } else {
            ports.add(port(Side.BELOW, box, line, to.form() == Cell.Form.EVENT ? 150 : 80));
            ports.add(port(Side.ABOVE, box, line, 80));
        }
        return ports;
    }

    private static PathFinder.Port port(Side side, Box box, double line, double penalty) {
        return new PathFinder.Port(side, side.dock(box, line), penalty);
    }

    /** Leaves out the points between which the direction does not change. */
    private static List<Point> straightened(List<Point> points) {
        List<Point> kept = new ArrayList<>();
        for (Point point : points) {
            int size = kept.size();
            if (size > 0 && kept.get(size - 1).equals(point)) {
                continue;
            }
            if (size > 1 && inLine(kept.get(size - 2), kept.get(size - 1), point)) {
                kept.remove(size - 1);
            }
            kept.add(point);
        }
        return List.copyOf(kept);
    }

    private static boolean inLine(Point a, Point b, Point c) {
        return (a.u() == b.u() && b.u() == c.u()) || (a.v() == b.v() && b.v() == c.v());
    }
}
