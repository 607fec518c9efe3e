package ai.fastn.camunda.compiler.layout;

/** The direction in which a diagram is read. */
public enum Orientation {
    /** For the deployed process: the main path runs to the right, branches lie below it. */
    LEFT_TO_RIGHT,
    /** For the narrow Flow panel: the main path runs down, branches lie to its right. */
    TOP_TO_BOTTOM;

    /** The extent of a box as seen by the layout, which only knows "along the flow" and "across it". */
    Extent extent(double width, double height) {
        return this == LEFT_TO_RIGHT ? new Extent(width, height) : new Extent(height, width);
    }

    /** The box on paper of a box of the layout; its own inverse. */
    Box onPaper(Box box) {
        return this == LEFT_TO_RIGHT ? box : new Box(box.v(), box.u(), box.across(), box.along());
    }

    Point onPaper(Point point) {
        return this == LEFT_TO_RIGHT ? point : new Point(point.v(), point.u());
    }
}
