package ai.fastn.camunda.compiler.layout;

import org.jspecify.annotations.Nullable;

/**
 * A node of the graph that is laid out.
 *
 * @param along length along the flow
 * @param before from the line on which edges run to the first border across
 * @param after from that line to the last border across
 * @param label room its name takes outside, {@link Extent#NONE} when it stands inside
 * @param content what a sub-process holds, drawn with its border's corner as origin
 */
record Cell(
        int index,
        String id,
        Form form,
        double along,
        double before,
        double after,
        Extent label,
        @Nullable Drawing content) {

    /** What the node looks like; decides where edges may dock and labels stand. */
    enum Form {
        ACTIVITY,
        GATEWAY,
        EVENT
    }

    /** Room needed before the line, label included. */
    double roomBefore() {
        return form == Form.GATEWAY ? before + labelRoom() : before;
    }

    double roomAfter() {
        return form == Form.EVENT ? after + labelRoom() : after;
    }

    private double labelRoom() {
        return label.isNone() ? 0 : label.across() + Spacing.LABEL_GAP;
    }

    Box box(double u, double line) {
        return new Box(u, line - before, along, before + after);
    }

    /** Where the label stands: before a gateway, after an event, so that branches leave a gateway freely. */
    Box labelBox(double u, double line) {
        double labelU = u + along / 2 - label.along() / 2;
        double labelV = form == Form.GATEWAY
                ? line - before - Spacing.LABEL_GAP - label.across()
                : line + after + Spacing.LABEL_GAP;
        return Box.of(labelU, labelV, label);
    }
}
