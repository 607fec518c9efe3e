package ai.fastn.camunda.flow;

import ai.fastn.camunda.flow.FlowGraph.Edge;
import ai.fastn.camunda.flow.FlowGraph.EdgeKind;
import ai.fastn.camunda.flow.FlowGraph.Node;
import ai.fastn.camunda.flow.Picture.Box;
import ai.fastn.camunda.flow.Picture.Form;
import ai.fastn.camunda.flow.Picture.Link;
import ai.fastn.camunda.flow.Picture.Point;
import ai.fastn.camunda.flow.Picture.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A picture of a graph whose file says nothing about places: each step in a column behind those it follows. */
final class PlainPicture {

    private static final int WIDTH = 140;
    private static final int HEIGHT = 70;
    private static final int GAP_X = 70;
    private static final int GAP_Y = 30;

    private final FlowGraph flow;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<Integer, Integer> heights = new HashMap<>();
    private final Map<String, Box> boxes = new HashMap<>();

    private PlainPicture(FlowGraph flow) {
        this.flow = flow;
    }

    static Picture of(FlowGraph flow, String title) {
        return new PlainPicture(flow).draw(title);
    }

    private Picture draw(String title) {
        Ways ways = new Ways(flow);
        flow.nodes().stream()
                .sorted(Comparator.comparingInt(node -> ways.position(node.id())))
                .forEach(node -> place(node, ways));
        List<Shape> shapes = flow.nodes().stream()
                .map(node -> new Shape(node.id(), Form.TASK, "", node.kind(), node.name(), box(node.id()), null))
                .toList();
        List<Link> links = new ArrayList<>();
        flow.edges().stream().filter(edge -> boxes.containsKey(edge.to())).forEach(edge -> links.add(link(edge)));
        return new Picture(title, shapes, links);
    }

    private void place(Node node, Ways ways) {
        int column = columns.getOrDefault(node.id(), 0);
        int row = heights.merge(column, 1, Integer::sum) - 1;
        boxes.put(node.id(), new Box(column * (WIDTH + GAP_X), row * (HEIGHT + GAP_Y), WIDTH, HEIGHT));
        ways.outgoing(node.id()).stream()
                .filter(edge -> !boxes.containsKey(edge.to()))
                .forEach(edge -> columns.merge(edge.to(), column + 1, Math::max));
    }

    /** A region stands where its first step stands. */
    private Box box(String id) {
        Box own = boxes.get(id);
        return own != null
                ? own
                : flow.nodes().stream()
                        .filter(node -> id.equals(node.parent()))
                        .map(node -> boxes.get(node.id()))
                        .findFirst()
                        .orElse(new Box(0, 0, WIDTH, HEIGHT));
    }

    private Link link(Edge edge) {
        Box from = box(edge.from());
        Box to = box(edge.to());
        boolean ahead = to.x() > from.x();
        List<Point> points = ahead
                ? List.of(new Point(from.right(), from.middleY()), new Point(to.x(), to.middleY()))
                : List.of(
                        new Point(from.middleX(), from.bottom()),
                        new Point(from.middleX(), from.bottom() + GAP_Y / 3.0),
                        new Point(to.middleX(), to.bottom() + GAP_Y / 3.0),
                        new Point(to.middleX(), to.bottom()));
        boolean fails = edge.kind() != EdgeKind.NORMAL;
        return new Link(edge.id(), points, edge.label(), null, fails, fails);
    }
}
