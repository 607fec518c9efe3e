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

    /** Names outside of shapes, as the Modeler writes them. */
    private static final int LABEL_SIZE = 11;

    private static final int KIND_SIZE = 9;

    /** Between a text and the border of the shape it stands in. */
    private static final int PADDING = 6;

    private static final int HEADER = 18;

    private final Picture picture;
    private final boolean outlined;
    private final StringBuilder svg = new StringBuilder();

    private SvgWriter(Picture picture, boolean outlined) {
        this.picture = picture;
        this.outlined = outlined;
    }

    static String write(Picture picture) {
        return new SvgWriter(picture, false).write();
    }

    /** With outlines in the place of texts, which need no font. */
    static String writeOutlined(Picture picture) {
        return new SvgWriter(picture, true).write();
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
                .append(" font-family=\"Arimo, Arial, Helvetica, 'Liberation Sans', sans-serif\" font-size=\"12\">\n");
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
                        Caption.lines(shape.name(), shape.box().width() - 20, SIZE, 1),
                        shape.box().x() + 10,
                        shape.box().y() + 17,
                        "start",
                        SIZE);
            case TASK -> writeTask(shape);
            case NOTE -> inside(shape.name(), shape.box());
            default -> writeName(shape);
        }
        svg.append("</g>\n");
    }

    private void writePoolName(Shape shape) {
        Box box = shape.box();
        svg.append("<g transform=\"translate(%s %s) rotate(-90)\">"
                .formatted(number(box.x() + 18), number(box.middleY())));
        lines(Caption.lines(shape.name(), box.height() - 2 * PADDING, SIZE, 1), 0, 0, "middle", SIZE);
        svg.append("</g>");
    }

    private void writeTask(Shape shape) {
        Box box = shape.box();
        if (shape.kind() == null) {
            inside(shape.name(), box);
            return;
        }
        kind(
                shape.kind().name(),
                box.x() + 8,
                box.y() + 13,
                Paint.of(shape.kind()).line());
        inside(shape.name(), new Box(box.x(), box.y() + HEADER - 4, box.width(), box.height() - HEADER));
    }

    private void inside(String text, Box box) {
        int most = Math.max(1, (int) ((box.height() - PADDING) / LINE));
        List<String> lines = Caption.lines(text, box.width() - 2 * PADDING, SIZE, most);
        lines(lines, box.middleX(), box.middleY() - (lines.size() - 1) * LINE / 2.0 + SIZE / 3.0, "middle", SIZE);
    }

    /** The name of an event or gateway stands where the diagram says, else below it. */
    private void writeName(Shape shape) {
        Box label = shape.label();
        Box place = label != null
                ? label
                : new Box(shape.box().middleX() - 50, shape.box().bottom() + 4, 100, LINE * 3);
        label(shape.name(), place, 4);
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
        label(link.name(), place, 3);
    }

    /** A name outside of shapes, in its place of the diagram. */
    private void label(String name, Box place, int most) {
        List<String> lines = Caption.lines(name, Math.max(place.width(), 60), LABEL_SIZE, most);
        lines(lines, place.middleX(), place.y() + LABEL_SIZE, "middle", LABEL_SIZE);
    }

    private void lines(List<String> lines, double x, double y, String anchor, int size) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (outlined && Letters.REGULAR.hasAll(line)) {
                double shift = anchor.equals("middle") ? Letters.REGULAR.width(line, size) / 2 : 0;
                outline(Letters.REGULAR, line, x - shift, y + i * LINE, size, Paint.TEXT);
            } else {
                svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s fill=\"%s\">%s</text>"
                        .formatted(
                                number(x),
                                number(y + i * LINE),
                                anchor,
                                size == SIZE ? "" : " font-size=\"" + size + "\"",
                                Paint.TEXT,
                                Xml.text(line)));
            }
        }
    }

    private void kind(String kind, double x, double y, String colour) {
        if (outlined) {
            outline(Letters.BOLD, kind, x, y, KIND_SIZE, colour);
        } else {
            svg.append("<text x=\"%s\" y=\"%s\" font-size=\"%d\" font-weight=\"bold\" fill=\"%s\">%s</text>"
                    .formatted(number(x), number(y), KIND_SIZE, colour, kind));
        }
    }

    private void outline(Letters letters, String text, double x, double y, int size, String colour) {
        String scale = String.format(Locale.ROOT, "%.6f", Letters.scale(size));
        svg.append("<path transform=\"translate(%s %s) scale(%s -%s)\" fill=\"%s\" d=\"%s\"/>"
                .formatted(number(x), number(y), scale, scale, colour, letters.outline(text)));
    }

    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
