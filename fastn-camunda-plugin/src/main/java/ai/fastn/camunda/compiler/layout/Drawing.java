package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A finished picture of a graph.
 *
 * @param line v of the main path
 * @param bounds the smallest box around everything
 */
record Drawing(List<Figure> figures, List<Wire> wires, double line, Box bounds) {

    /** A drawn node. */
    record Figure(String id, Box box, Optional<Box> label) {

        Figure shifted(double du, double dv) {
            return new Figure(id, box.shifted(du, dv), label.map(l -> l.shifted(du, dv)));
        }
    }

    /** A drawn sequence flow. */
    record Wire(String id, List<Point> points, Optional<Box> label) {

        Wire shifted(double du, double dv) {
            return new Wire(
                    id, points.stream().map(p -> p.shifted(du, dv)).toList(), label.map(l -> l.shifted(du, dv)));
        }
    }

    static Drawing of(List<Figure> figures, List<Wire> wires, double line) {
        Box bounds = new Box(0, line, 0, 0);
        for (Figure figure : figures) {
            bounds = bounds.with(figure.box).with(figure.label.orElse(figure.box));
        }
        for (Wire wire : wires) {
            for (Point point : wire.points) {
                bounds = bounds.with(new Box(point.u(), point.v(), 0, 0));
            }
            bounds = bounds.with(wire.label.orElse(bounds));
        }
        return new Drawing(List.copyOf(figures), List.copyOf(wires), line, bounds);
    }

    /** The same picture, moved. */
    Drawing shifted(double du, double dv) {
        return new Drawing(
                figures.stream().map(f -> f.shifted(du, dv)).toList(),
                wires.stream().map(w -> w.shifted(du, dv)).toList(),
                line + dv,
                bounds.shifted(du, dv));
    }

    /** This picture, and others laid over it. */
    Drawing with(List<Drawing> others) {
        List<Figure> allFigures = new ArrayList<>(figures);
        List<Wire> allWires = new ArrayList<>(wires);
        Box around = bounds;
        for (Drawing other : others) {
            allFigures.addAll(other.figures);
            allWires.addAll(other.wires);
            around = around.with(other.bounds);
        }
        return new Drawing(List.copyOf(allFigures), List.copyOf(allWires), line, around);
    }
}
