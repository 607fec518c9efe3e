package ai.fastn.camunda.flow;

import ai.fastn.camunda.flow.Picture.Box;
import ai.fastn.camunda.flow.Picture.Form;
import ai.fastn.camunda.flow.Picture.Link;
import ai.fastn.camunda.flow.Picture.Point;
import ai.fastn.camunda.flow.Picture.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a picture as SVG: no script, no style sheet, nothing to load; every text is escaped. */
final class SvgWriter {

    private static final int MARGIN = 20;
    private static final int SIZE = 12;
    private static final int LINE = 14;

    /** Width of a letter of the usual fonts at {@link #SIZE}. */
    private static final double LETTER = 6.4;

    private static final int HEADER = 18;

    private final Picture picture;
    private final StringBuilder svg = new StringBuilder();

    private SvgWriter(Picture picture) {
        this.picture = picture;
    }

    static String write(Picture picture) {
        return new SvgWriter(picture).write();
    }

    private String write() {
        Box frame = frame();
        String size = "viewBox=\"%s %s %s %s\" width=\"%s\" height=\"%s\""
                .formatted(
                        number(frame.x()),
                        number(frame.y()),
                        number(frame.width()),
                        number(frame.height()),
                        number(frame.width()),
                        number(frame.height()));
        long steps =
                picture.shapes().stream().filter(shape -> shape.kind() != null).count();
        svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" ")
                .append(size)
                .append(" role=\"img\" aria-labelledby=\"fastn-title fastn-desc\"")
                .append(" font-family=\"Arial, Helvetica, SansSerif, sans-serif\" font-size=\"12\">\n");
        svg.append("<title id=\"fastn-title\">")
                .append(Xml.text(picture.title()))
                .append("</title>\n");
        svg.append("<desc id=\"fastn-desc\">Flow of ").append(steps).append(" steps: ");
        svg.append(Xml.text(summary())).append("</desc>\n");
        svg.append("<defs>").append(arrow("fastn-arrow", Paint.EDGE)).append(arrow("fastn-fails", Paint.ERROR));
        svg.append("</defs>\n");
        svg.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>\n"
                .formatted(number(frame.x()), number(frame.y()), number(frame.width()), number(frame.height())));
        picture.shapes().stream().filter(SvgWriter::holdsOthers).forEach(this::write);
        picture.links().forEach(this::write);
        picture.shapes().stream().filter(shape -> !holdsOthers(shape)).forEach(this::write);
        picture.links().forEach(this::writeLabel);
        return svg.append("</svg>\n").toString();
    }

    private String summary() {
        return picture.shapes().stream()
                .filter(shape -> shape.kind() != null && !shape.name().isEmpty())
                .map(shape -> shape.kind() + " " + shape.name())
                .collect(Collectors.joining("; "));
    }

    private static boolean holdsOthers(Shape shape) {
        return shape.form() == Form.POOL || shape.form() == Form.REGION;
    }

    private Box frame() {
        List<Point> corners = new ArrayList<>();
        picture.shapes().forEach(shape -> addCorners(corners, shape.box(), shape.label()));
        picture.links().forEach(link -> {
            corners.addAll(link.points());
            addCorners(corners, link.label());
        });
        double left = corners.stream().mapToDouble(Point::x).min().orElse(0) - MARGIN;
        double top = corners.stream().mapToDouble(Point::y).min().orElse(0) - MARGIN;
        double right = corners.stream().mapToDouble(Point::x).max().orElse(0) + MARGIN;
        double bottom = corners.stream().mapToDouble(Point::y).max().orElse(0) + MARGIN;
        return new Box(left, top, right - left, bottom - top);
    }

    private static void addCorners(List<Point> corners, @Nullable Box... boxes) {
        for (Box box : boxes) {
            if (box != null) {
                corners.add(new Point(box.x(), box.y()));
                corners.add(new Point(box.right(), box.bottom()));
            }
        }
    }

    private static String arrow(String id, String colour) {
        return "<marker id=\"" + id
                + "\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\""
                + " orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"" + colour + "\"/></marker>";
    }

    private void write(Shape shape) {
        String kind = shape.kind() == null ? "" : shape.kind().name();
        svg.append("<g data-id=\"")
                .append(Xml.text(shape.id()))
                .append("\" data-kind=\"")
                .append(kind)
                .append("\">");
        svg.append("<title>")
                .append(Xml.text((kind + " " + shape.name()).strip()))
                .append("</title>");
        svg.append(Outline.of(shape));
        switch (shape.form()) {
            case POOL -> writePoolName(shape);
            case REGION ->
                lines(
                        cut(shape.name(), shape.box().width() - 16, 1),
                        shape.box().x() + 10,
                        shape.box().y() + 17,
                        "start");
            case TASK -> writeTask(shape);
            case NOTE -> inside(shape.name(), shape.box());
            default -> writeName(shape);
        }
        svg.append("</g>\n");
    }

    private void writePoolName(Shape shape) {
        Box box = shape.box();
        svg.append("<text transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"middle\" fill=\"%s\">"
                .formatted(number(box.x() + 18), number(box.middleY()), Paint.TEXT));
        svg.append(Xml.text(String.join(" ", cut(shape.name(), box.height(), 1))))
                .append("</text>");
    }

    private void writeTask(Shape shape) {
        Box box = shape.box();
        if (shape.kind() == null) {
            inside(shape.name(), box);
            return;
        }
        svg.append("<text x=\"%s\" y=\"%s\" font-size=\"9\" font-weight=\"bold\" fill=\"%s\">%s</text>"
                .formatted(
                        number(box.x() + 8),
                        number(box.y() + 13),
                        Paint.of(shape.kind()).line(),
                        shape.kind()));
        inside(shape.name(), new Box(box.x(), box.y() + HEADER - 4, box.width(), box.height() - HEADER));
    }

    private void inside(String text, Box box) {
        List<String> lines = cut(text, box.width() - 12, Math.max(1, (int) (box.height() / LINE)));
        lines(lines, box.middleX(), box.middleY() - (lines.size() - 1) * LINE / 2.0 + SIZE / 3.0, "middle");
    }

    /** The name of an event or gateway stands where the diagram says, else below it. */
    private void writeName(Shape shape) {
        Box label = shape.label();
        Box place = label != null
                ? label
                : new Box(shape.box().middleX() - 50, shape.box().bottom() + 4, 100, LINE * 3);
        lines(
                cut(shape.name(), Math.max(place.width(), 60) + LETTER, 4),
                place.middleX(),
                place.y() + SIZE - 1,
                "middle");
    }

    private void write(Link link) {
        String points = link.points().stream()
                .map(point -> number(point.x()) + "," + number(point.y()))
                .collect(Collectors.joining(" "));
        svg.append(
                "<polyline data-id=\"%s\" points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"%s marker-end=\"url(#%s)\"/>\n"
                        .formatted(
                                Xml.text(link.id()),
                                points,
                                link.fails() ? Paint.ERROR : Paint.EDGE,
                                link.dashed() ? " stroke-dasharray=\"6 4\"" : "",
                                link.fails() ? "fastn-fails" : "fastn-arrow"));
    }

    private void writeLabel(Link link) {
        Point middle = link.points().get(link.points().size() / 2);
        Point before = link.points().get(link.points().size() / 2 - 1);
        Box label = link.label();
        Box place = label != null
                ? label
                : new Box((middle.x() + before.x()) / 2 - 45, (middle.y() + before.y()) / 2 - LINE - 2, 90, LINE);
        lines(
                cut(link.name(), Math.max(place.width(), 60) + LETTER, 3),
                place.middleX(),
                place.y() + SIZE - 1,
                "middle");
    }

    private void lines(List<String> lines, double x, double y, String anchor) {
        for (int i = 0; i < lines.size(); i++) {
            svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>"
                    .formatted(number(x), number(y + i * LINE), anchor, Paint.TEXT, Xml.text(lines.get(i))));
        }
    }

    /** Words in lines of a width; what does not fit ends in three dots. */
    private static List<String> cut(String text, double width, int most) {
        int letters = Math.max(4, (int) (width / LETTER));
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > letters) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(most, lines.size())));
        shown.replaceAll(each -> shortened(each, letters));
        if (lines.size() > most) {
            shown.set(most - 1, shortened(shown.get(most - 1) + " …", letters));
        }
        shown.removeIf(String::isEmpty);
        return shown;
    }

    private static String shortened(String text, int letters) {
        int length = text.codePointCount(0, text.length());
        return length <= letters + 1
                ? text
                : text.substring(0, text.offsetByCodePoints(0, letters - 1)).strip() + "…";
    }

    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
