package ai.fastn.camunda.compiler.layout;

/**
 * A sequence flow.
 *
 * @param border index of the boundary event it leaves from, -1 when it leaves the node itself
 * @param preferred the default flow of its node, which stays on the line where nothing speaks against it
 */
record Link(int index, String id, int from, int to, int border, Extent label, boolean preferred) {

    boolean leavesBorder() {
        return border >= 0;
    }
}
