package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The crossings of all coordinates at which edges may run, with what stands or runs there already. */
final class Raster {

    /** How near an edge may pass a shape. */
    private static final double CLEARANCE = 7;

    private final Axis us;
    private final Axis vs;
    private final BitSet blocked = new BitSet();
    private final BitSet labelled = new BitSet();

    /** Links that pass a crossing, by crossing. */
    private final List<@Nullable List<Link>> passing;

    Raster(Plan plan, Places places) {
        List<Box> shapes = new ArrayList<>(places.cells());
        shapes.addAll(places.borders());
        us = along(shapes);
        vs = across(places, shapes);
        passing = new ArrayList<>(Collections.nCopies(us.size() * vs.size(), null));
        shapes.forEach(box -> mark(box, CLEARANCE, blocked));
        markLabels(plan, places);
    }

    private static Axis along(List<Box> shapes) {
        List<Double> wanted = new ArrayList<>();
        for (int distance = 1; distance <= 2; distance++) {
            for (Box box : shapes) {
                wanted.add(box.u() - distance * Spacing.EDGE_GAP);
                wanted.add(box.endU() + distance * Spacing.EDGE_GAP);
            }
        }
        return new Axis(shapes.stream().map(Box::midU).toList(), wanted);
    }

    private static Axis across(Places places, List<Box> shapes) {
        List<Double> wanted = new ArrayList<>(places.lanes().values());
        for (int distance = 1; distance <= 2; distance++) {
            for (Box box : shapes) {
                wanted.add(box.v() - distance * Spacing.EDGE_GAP);
                wanted.add(box.endV() + distance * Spacing.EDGE_GAP);
            }
        }
        return new Axis(places.line(), wanted);
    }

    private void markLabels(Plan plan, Places places) {
        for (Cell cell : plan.cells()) {
            if (!cell.label().isNone()) {
                Box box = places.cells().get(cell.index());
                mark(cell.labelBox(box.u(), places.line().get(cell.index())), 2, labelled);
            }
        }
        for (int i = 0; i < plan.borders().size(); i++) {
            Border border = plan.borders().get(i);
            if (!border.label().isNone()) {
                mark(border.labelBox(places.borders().get(i)), 2, labelled);
            }
        }
    }

    private void mark(Box box, double margin, BitSet where) {
        for (int u = us.from(box.u() - margin); u <= us.to(box.endU() + margin); u++) {
            int first = u * vs.size() + vs.from(box.v() - margin);
            int last = u * vs.size() + vs.to(box.endV() + margin);
            if (first <= last) {
                where.set(first, last + 1);
            }
        }
    }

    int size() {
        return us.size() * vs.size();
    }

    Point at(int crossing) {
        return new Point(us.at(crossing / vs.size()), vs.at(crossing % vs.size()));
    }

    /** The neighbour in a direction, -1 at the rim. */
    int next(int crossing, Side direction) {
        int u = crossing / vs.size() + direction.du;
        int v = crossing % vs.size() + direction.dv;
        return u < 0 || v < 0 || u >= us.size() || v >= vs.size() ? -1 : u * vs.size() + v;
    }

    /** The first crossing clear of the box outside a dock. */
    int outside(Point dock, Side side) {
        double reach = CLEARANCE + 0.5;
        int u = side.du > 0 ? us.from(dock.u() + reach) : side.du < 0 ? us.to(dock.u() - reach) : us.from(dock.u());
        int v = side.dv > 0 ? vs.from(dock.v() + reach) : side.dv < 0 ? vs.to(dock.v() - reach) : vs.from(dock.v());
        return u * vs.size() + v;
    }

    boolean isBlocked(int crossing) {
        return blocked.get(crossing);
    }

    boolean isLabelled(int crossing) {
        return labelled.get(crossing);
    }

    List<Link> passing(int crossing) {
        List<Link> links = passing.get(crossing);
        return links == null ? List.of() : links;
    }

    void pass(int crossing, Link link) {
        List<Link> links = passing.get(crossing);
        if (links == null) {
            links = new ArrayList<>();
            passing.set(crossing, links);
        }
        links.add(link);
    }
}
