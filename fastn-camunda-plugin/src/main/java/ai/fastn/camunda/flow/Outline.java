package ai.fastn.camunda.flow;

import static ai.fastn.camunda.flow.SvgWriter.number;

import ai.fastn.camunda.flow.Picture.Box;
import ai.fastn.camunda.flow.Picture.Shape;

/** The outlines of BPMN's shapes as SVG, and the marks in events and gateways. */
final class Outline {

    private static final Paint PLAIN = new Paint("#ffffff", "#57606a");

    private Outline() {}

    static String of(Shape shape) {
        Paint paint = shape.kind() == null ? PLAIN : Paint.of(shape.kind());
        Box box = shape.box();
        return switch (shape.form()) {
            case POOL -> rectangle(box, 0, PLAIN, "");
            case REGION -> rectangle(box, 8, new Paint("#fcfcfd", "#8c959f"), " stroke-dasharray=\"8 4\"");
            case TASK -> rectangle(box, 8, paint, "");
            case NOTE ->
                "<path d=\"M%s %sh-8v%sh8\" fill=\"none\" stroke=\"%s\"/>"
                        .formatted(number(box.x() + 10), number(box.y()), number(box.height()), PLAIN.line());
            case DATA -> rectangle(box, 2, PLAIN, "");
            case GATEWAY -> gateway(box, paint) + cross(shape, paint);
            case START -> circle(box, 0, paint, 1.5) + event(shape, paint);
            case END -> circle(box, 0, paint, 3.5) + event(shape, paint);
            case EVENT -> circle(box, 0, paint, 1.5) + circle(box, 3, paint, 1.5) + event(shape, paint);
        };
    }

    private static String rectangle(Box box, int round, Paint paint, String more) {
        return "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%d\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"%s/>"
                .formatted(
                        number(box.x()),
                        number(box.y()),
                        number(Math.max(0, box.width())),
                        number(Math.max(0, box.height())),
                        round,
                        paint.fill(),
                        paint.line(),
                        more);
    }

    private static String circle(Box box, int inwards, Paint paint, double line) {
        double radius = Math.max(0, Math.min(box.width(), box.height()) / 2 - inwards);
        return "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>"
                .formatted(
                        number(box.middleX()),
                        number(box.middleY()),
                        number(radius),
                        paint.fill(),
                        paint.line(),
                        number(line));
    }

    private static String gateway(Box box, Paint paint) {
        return "<polygon points=\"%s,%s %s,%s %s,%s %s,%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"/>"
                .formatted(
                        number(box.middleX()),
                        number(box.y()),
                        number(box.right()),
                        number(box.middleY()),
                        number(box.middleX()),
                        number(box.bottom()),
                        number(box.x()),
                        number(box.middleY()),
                        paint.fill(),
                        paint.line());
    }

    private static String cross(Shape shape, Paint paint) {
        return switch (shape.mark()) {
            case "+" -> mark(shape, "M-9 0H9M0 -9V9", paint);
            case "x" -> mark(shape, "M-6 -6L6 6M6 -6L-6 6", paint);
            case "o" -> circle(shape.box(), (int) shape.box().width() / 3, paint, 2.5);
            default -> "";
        };
    }

    private static String event(Shape shape, Paint paint) {
        return switch (shape.mark()) {
            case "timer" -> mark(shape, "M0 -8V0L5 3", paint);
            case "message" -> mark(shape, "M-8 -5H8V5H-8zL0 1L8 -5", paint);
            case "error" -> mark(shape, "M-7 7L-3 -6L3 3L7 -7", paint);
            case "signal" -> mark(shape, "M0 -7L7 5H-7z", paint);
            case "escalation" -> mark(shape, "M0 -7L6 6L0 0L-6 6z", paint);
            case "compensate" -> mark(shape, "M0 -6L-7 0L0 6zM7 -6L0 0L7 6z", paint);
            case "terminate" -> mark(shape, "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0", paint);
            case "" -> "";
            default -> mark(shape, "M-5 -4H5M-5 0H5M-5 4H5", paint);
        };
    }

    private static String mark(Shape shape, String path, Paint paint) {
        return "<path transform=\"translate(%s %s)\" d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
                .formatted(number(shape.box().middleX()), number(shape.box().middleY()), path, paint.line());
    }
}
