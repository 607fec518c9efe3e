package ai.fastn.camunda.compiler.layout;

import java.util.List;

/**
 * A boundary event.
 *
 * @param host index of the cell it sits on
 * @param position its number on that cell, from 0
 */
record Border(String id, int host, int position, Extent label) {

    private static final double RADIUS = Spacing.EVENT / 2;

    /** Room needed outside the border of its host. */
    double room() {
        return Math.max(RADIUS, label.across() + Spacing.LABEL_GAP);
    }

    /** Distance of the centre from the first corner of the host: behind the labels of the events before it. */
    double centre(double hostLength, List<Border> siblings) {
        double wanted = Spacing.FIRST_BORDER;
        for (Border before : siblings.subList(0, position)) {
            wanted += Math.max(Spacing.BORDER_PITCH, Spacing.EVENT + before.label.along() + Spacing.EDGE_GAP);
        }
        double last = hostLength - RADIUS - 6;
        double pitch = (last - Spacing.FIRST_BORDER) / Math.max(1, siblings.size() - 1);
        return Math.min(wanted, Math.min(last, Spacing.FIRST_BORDER + position * pitch));
    }

    Box box(Box host, List<Border> siblings) {
        double centre = host.u() + centre(host.along(), siblings);
        return new Box(centre - RADIUS, host.endV() - RADIUS, Spacing.EVENT, Spacing.EVENT);
    }

    Box labelBox(Box event) {
        return Box.of(event.endU() + 2, event.v() + RADIUS + Spacing.LABEL_GAP, label);
    }
}
