package ai.fastn.camunda.compiler.layout;

/** The four directions of an edge, and the four sides of a box where edges dock. */
enum Side {
    FORTH(0, 1, 0),
    BELOW(1, 0, 1),
    BACK(2, -1, 0),
    ABOVE(3, 0, -1);

    static final Side[] ALL = values();

    /** Clockwise from forth; index into {@link #ALL}. */
    final int index;

    final int du;
    final int dv;

    Side(int index, int du, int dv) {
        this.index = index;
        this.du = du;
        this.dv = dv;
    }

    Side opposite() {
        return ALL[(index + 2) % 4];
    }

    /** The point of a box where an edge docks on this side; forth and back on the line of its node. */
    Point dock(Box box, double line) {
        return switch (this) {
            case FORTH -> new Point(box.endU(), line);
            case BACK -> new Point(box.u(), line);
            case BELOW -> new Point(box.midU(), box.endV());
            case ABOVE -> new Point(box.midU(), box.v());
        };
    }
}
