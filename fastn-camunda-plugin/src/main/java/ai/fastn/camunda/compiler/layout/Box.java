package ai.fastn.camunda.compiler.layout;

/** A rectangle: first corner and extent. */
record Box(double u, double v, double along, double across) {

    static Box of(double u, double v, Extent extent) {
        return new Box(u, v, extent.along(), extent.across());
    }

    double endU() {
        return u + along;
    }

    double endV() {
        return v + across;
    }

    double midU() {
        return u + along / 2;
    }

    Box shifted(double du, double dv) {
        return new Box(u + du, v + dv, along, across);
    }

    boolean overlaps(Box other) {
        return u < other.endU() && other.u < endU() && v < other.endV() && other.v < endV();
    }

    /** The smallest box that holds both. */
    Box with(Box other) {
        double firstU = Math.min(u, other.u);
        double firstV = Math.min(v, other.v);
        return new Box(
                firstU, firstV, Math.max(endU(), other.endU()) - firstU, Math.max(endV(), other.endV()) - firstV);
    }

    /** Whether a straight line between two points, along or across, passes through the inside. */
    boolean isCutBy(Point a, Point b) {
        return Math.max(a.u(), b.u()) > u
                && Math.min(a.u(), b.u()) < endU()
                && Math.max(a.v(), b.v()) > v
                && Math.min(a.v(), b.v()) < endV();
    }
}
