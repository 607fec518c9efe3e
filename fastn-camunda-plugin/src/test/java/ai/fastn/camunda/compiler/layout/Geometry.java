package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Checks a diagram against the contract of {@code docs/layout.md}: what must be zero, and what is counted. */
final class Geometry {

    private final BpmnModelInstance model;
    private final Map<String, Box> shapes = new LinkedHashMap<>();
    private final Map<String, Box> labels = new LinkedHashMap<>();
    private final Map<String, List<Point>> edges = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    private Geometry(BpmnModelInstance model) {
        this.model = model;
        for (BpmnShape shape : model.getModelElementsByType(BpmnShape.class)) {
            shapes.put(shape.getBpmnElement().getId(), box(shape.getBounds()));
            label(shape.getBpmnElement().getId(), shape.getBpmnLabel());
        }
        for (BpmnEdge edge : model.getModelElementsByType(BpmnEdge.class)) {
            String id = edge.getBpmnElement().getId();
            edges.put(
                    id,
                    edge.getWaypoints().stream()
                            .map(w -> new Point(w.getX(), w.getY()))
                            .toList());
            label(id, edge.getBpmnLabel());
        }
    }

    static Geometry of(BpmnModelInstance model) {
        Geometry geometry = new Geometry(model);
        geometry.check();
        return geometry;
    }

    /** Sentences about everything that must not be. */
    List<String> faults() {
        return faults;
    }

    Box box(String id) {
        return Objects.requireNonNull(shapes.get(id), id);
    }

    List<Point> edge(String id) {
        return Objects.requireNonNull(edges.get(id), id);
    }

    /** Width and height of all that is drawn. */
    Extent size() {
        double right = shapes.values().stream().mapToDouble(Box::endU).max().orElse(0);
        double left = shapes.values().stream().mapToDouble(Box::u).min().orElse(0);
        double bottom = shapes.values().stream().mapToDouble(Box::endV).max().orElse(0);
        double top = shapes.values().stream().mapToDouble(Box::v).min().orElse(0);
        return new Extent(right - left, bottom - top);
    }

    int bends() {
        return edges.values().stream().mapToInt(points -> points.size() - 2).sum();
    }

    /** Pairs of segments of edges with different ends that cross. */
    int crossings() {
        List<Map.Entry<String, List<Point>>> all = List.copyOf(edges.entrySet());
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                if (!meet(all.get(i).getKey(), all.get(j).getKey())) {
                    count += crossings(all.get(i).getValue(), all.get(j).getValue());
                }
            }
        }
        return count;
    }

    private void label(String id, BpmnLabel label) {
        if (label != null) {
            labels.put(id, box(label.getBounds()));
        }
    }

    private static Box box(Bounds bounds) {
        return new Box(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    private void check() {
        checkComplete();
        checkShapes();
        edges.forEach(this::checkEdge);
        checkLabels();
    }

    private void checkComplete() {
        Collection<FlowElement> elements = model.getModelElementsByType(FlowElement.class);
        for (FlowElement element : elements) {
            boolean drawn = shapes.containsKey(element.getId()) || edges.containsKey(element.getId());
            if ((element instanceof FlowNode || element instanceof SequenceFlow) && !drawn) {
                faults.add(element.getId() + " is not drawn");
            }
            String name = element.getName();
            boolean outside = shapes.containsKey(element.getId())
                    && box(element.getId()).along() <= Spacing.GATEWAY
                    && box(element.getId()).across() <= Spacing.GATEWAY;
            if (name != null && (outside || element instanceof SequenceFlow) && !labels.containsKey(element.getId())) {
                faults.add(element.getId() + " has no label bounds");
            }
        }
    }

    private void checkShapes() {
        List<String> ids = List.copyOf(shapes.keySet());
        for (int i = 0; i < ids.size(); i++) {
            checkInside(ids.get(i));
            for (int j = i + 1; j < ids.size(); j++) {
                if (!related(ids.get(i), ids.get(j))
                        && grown(box(ids.get(i)), 10).overlaps(box(ids.get(j)))) {
                    faults.add(ids.get(i) + " overlaps " + ids.get(j));
                }
            }
        }
    }

    private void checkInside(String id) {
        String parent = parent(id);
        if (shapes.containsKey(parent) && !box(parent).with(box(id)).equals(box(parent))) {
            faults.add(id + " sticks out of " + parent);
        }
    }

    private void checkEdge(String id, List<Point> points) {
        SequenceFlow flow = model.getModelElementById(id);
        if (!onBorder(box(flow.getSource().getId()), points.get(0))) {
            faults.add(id + " begins off the border of " + flow.getSource().getId());
        }
        if (!onBorder(box(flow.getTarget().getId()), points.get(points.size() - 1))) {
            faults.add(id + " ends off the border of " + flow.getTarget().getId());
        }
        for (int i = 1; i < points.size(); i++) {
            Point a = points.get(i - 1);
            Point b = points.get(i);
            if ((a.u() != b.u() && a.v() != b.v()) || a.equals(b)) {
                faults.add(id + " is not orthogonal at " + a);
            }
            for (String shape : shapes.keySet()) {
                if (box(shape).isCutBy(a, b) && !contains(shape, id)) {
                    faults.add(id + " runs through " + shape);
                }
            }
        }
    }

    private void checkLabels() {
        List<String> ids = List.copyOf(labels.keySet());
        for (int i = 0; i < ids.size(); i++) {
            Box label = Objects.requireNonNull(labels.get(ids.get(i)));
            for (String shape : shapes.keySet()) {
                boolean around = box(shape).with(label).equals(box(shape)) && contains(shape, ids.get(i));
                if (label.overlaps(box(shape)) && !around) {
                    faults.add("the label of " + ids.get(i) + " lies over " + shape);
                }
            }
            for (int j = i + 1; j < ids.size(); j++) {
                if (label.overlaps(Objects.requireNonNull(labels.get(ids.get(j))))) {
                    faults.add("the label of " + ids.get(i) + " lies over the label of " + ids.get(j));
                }
            }
        }
    }

    /** Labels that an edge runs through: counted, not forbidden. */
    int crossedLabels() {
        int count = 0;
        for (Box label : labels.values()) {
            for (List<Point> points : edges.values()) {
                for (int i = 1; i < points.size(); i++) {
                    count += label.isCutBy(points.get(i - 1), points.get(i)) ? 1 : 0;
                }
            }
        }
        return count;
    }

    private String parent(String id) {
        ModelElementInstance element = model.getModelElementById(id);
        return String.valueOf(element.getParentElement().getAttributeValue("id"));
    }

    private boolean contains(String container, String id) {
        for (String parent = parent(id); shapes.containsKey(parent); parent = parent(parent)) {
            if (parent.equals(container)) {
                return true;
            }
        }
        return false;
    }

    private boolean related(String a, String b) {
        return contains(a, b) || contains(b, a) || isOn(a, b) || isOn(b, a);
    }

    private boolean isOn(String event, String host) {
        ModelElementInstance element = model.getModelElementById(event);
        return element instanceof BoundaryEvent border
                && (border.getAttachedTo().getId().equals(host)
                        || contains(border.getAttachedTo().getId(), host));
    }

    private boolean meet(String a, String b) {
        SequenceFlow first = model.getModelElementById(a);
        SequenceFlow second = model.getModelElementById(b);
        return first.getSource().equals(second.getSource()) || first.getTarget().equals(second.getTarget());
    }

    private static int crossings(List<Point> a, List<Point> b) {
        int count = 0;
        for (int i = 1; i < a.size(); i++) {
            for (int j = 1; j < b.size(); j++) {
                count += cross(a.get(i - 1), a.get(i), b.get(j - 1), b.get(j)) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean cross(Point a, Point b, Point c, Point d) {
        boolean aLevel = a.v() == b.v();
        boolean cLevel = c.v() == d.v();
        if (aLevel == cLevel) {
            return false;
        }
        Point p = aLevel ? c : a;
        Point q = aLevel ? a : c;
        Point qEnd = aLevel ? b : d;
        Point pEnd = aLevel ? d : b;
        return between(p.u(), q.u(), qEnd.u()) && between(q.v(), p.v(), pEnd.v());
    }

    private static boolean between(double x, double a, double b) {
        return x > Math.min(a, b) && x < Math.max(a, b);
    }

    private static Box grown(Box box, double by) {
        return new Box(box.u() - by, box.v() - by, box.along() + 2 * by, box.across() + 2 * by);
    }

    private static boolean onBorder(Box box, Point p) {
        boolean within = p.u() >= box.u() && p.u() <= box.endU() && p.v() >= box.v() && p.v() <= box.endV();
        return within && (p.u() == box.u() || p.u() == box.endU() || p.v() == box.v() || p.v() == box.endV());
    }
}
