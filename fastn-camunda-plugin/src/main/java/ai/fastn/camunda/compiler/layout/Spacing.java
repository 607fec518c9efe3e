package ai.fastn.camunda.compiler.layout;

/** The measures of a diagram in pixels, each with the reason it has that value. */
final class Spacing {

    /** Wider than Camunda's 100, so that the name of a call fits on three lines. */
    static final double TASK_WIDTH = 120;

    static final double TASK_HEIGHT = 80;

    /** What bpmn-js draws; other sizes look foreign in the Modeler. */
    static final double GATEWAY = 50;

    static final double EVENT = 36;

    /** Between columns: room for an arrow head, a short branch label and three parallel edges. */
    static final double COLUMN_GAP = 50;

    /** An event's column, so that the labels of two neighbours (90 wide) do not touch. */
    static final double LEAST_COLUMN = 40;

    /** Between rows: two parallel edges at 15 from either side and a gap between them. */
    static final double ROW_GAP = 40;

    /** Between an edge and a shape it passes. */
    static final double EDGE_GAP = 15;

    /** Half the room an edge keeps free in a row of its own. */
    static final double EDGE_ROOM = 10;

    /** From the border of a sub-process to what is in it. */
    static final double PADDING = 30;

    /** The name of a sub-process stands inside, at its top. */
    static final double TITLE = 20;

    /** First boundary event: centre from the corner of its host, clear of the rounded corner. */
    static final double FIRST_BORDER = 42;

    /** From one boundary event to the next on the same border. */
    static final double BORDER_PITCH = 60;

    /** Between a shape and the label outside it. */
    static final double LABEL_GAP = 4;

    private Spacing() {}
}
