package ai.fastn.camunda.compiler.layout;

/** A size: along the flow and across it. */
record Extent(double along, double across) {

    static final Extent NONE = new Extent(0, 0);

    boolean isNone() {
        return along == 0;
    }
}
