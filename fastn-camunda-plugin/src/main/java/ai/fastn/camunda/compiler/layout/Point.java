package ai.fastn.camunda.compiler.layout;

/** A place: u along the flow, v across it. */
record Point(double u, double v) {

    Point shifted(double du, double dv) {
        return new Point(u + du, v + dv);
    }
}
