package ai.fastn.camunda.flow;

import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process as it is drawn: shapes and the lines between them, in pixels.
 *
 * @param title name of the process
 * @param shapes what holds others before what it holds
 */
record Picture(String title, List<Shape> shapes, List<Link> links) {

    Picture {
        shapes = List.copyOf(shapes);
        links = List.copyOf(links);
    }

    /** A rectangle; all values are finite. */
    record Box(double x, double y, double width, double height) {

        double middleX() {
            return x + width / 2;
        }

        double middleY() {
            return y + height / 2;
        }

        double right() {
            return x + width;
        }

        double bottom() {
            return y + height;
        }
    }

    record Point(double x, double y) {}

    /** What an element looks like. */
    enum Form {
        POOL,
        REGION,
        TASK,
        START,
        EVENT,
        END,
        GATEWAY,
        DATA,
        NOTE
    }

    /**
     * A drawn element.
     *
     * @param mark what stands in it: {@code timer}, {@code message}, {@code error}, {@code +}, {@code x}, or nothing
     * @param kind null for what is no step
     * @param label where the name stands, when outside
     */
    record Shape(
            String id,
            Form form,
            String mark,
            @Nullable StepKind kind,
            String name,
            Box box,
            @Nullable Box label) {}

    /** A line; {@code dashed} for errors, timeouts, messages and associations. */
    record Link(
            String id,
            List<Point> points,
            String name,
            @Nullable Box label,
            boolean dashed,
            boolean fails) {

        Link {
            points = List.copyOf(points);
        }
    }

    /** As it lies in the file's diagram; a file without one is arranged in columns. */
    static Picture of(BpmnFile file) {
        Picture drawn = new DiagramReader(file).read();
        return drawn.shapes().isEmpty() ? PlainPicture.of(new FlowReader(file).read(), drawn.title()) : drawn;
    }
}
