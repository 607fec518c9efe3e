package ai.fastn.camunda.flow;

import ai.fastn.camunda.flow.Picture.Box;
import ai.fastn.camunda.flow.Picture.Form;
import ai.fastn.camunda.flow.Picture.Link;
import ai.fastn.camunda.flow.Picture.Point;
import ai.fastn.camunda.flow.Picture.Shape;
import ai.fastn.camunda.workflow.StepKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads the picture out of the diagram of a BPMN file. */
final class DiagramReader {

    private static final String BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI";
    private static final String DC = "http://www.omg.org/spec/DD/20100524/DC";
    private static final String DI = "http://www.omg.org/spec/DD/20100524/DI";

    /** No diagram of a person lies farther out. */
    private static final double FARTHEST = 1_000_000;

    private final Map<String, Element> elements = new HashMap<>();
    private final BpmnFile file;

    DiagramReader(BpmnFile file) {
        this.file = file;
        BpmnFile.descendants(file.document().getDocumentElement()).stream()
                .filter(element -> element.hasAttribute("id"))
                .forEach(element -> elements.putIfAbsent(BpmnFile.id(element), element));
    }

    /** Without shapes when the file has no diagram. */
    Picture read() {
        Optional<Element> plane =
                BpmnFile.elements(file.document().getElementsByTagNameNS(BPMNDI, "BPMNPlane")).stream()
                        .findFirst();
        List<Shape> shapes = plane.stream()
                .flatMap(all -> BpmnFile.elements(all.getElementsByTagNameNS(BPMNDI, "BPMNShape")).stream())
                .map(this::shape)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(DiagramReader::layer))
                .toList();
        List<Link> links = plane.stream()
                .flatMap(all -> BpmnFile.elements(all.getElementsByTagNameNS(BPMNDI, "BPMNEdge")).stream())
                .map(this::link)
                .filter(Objects::nonNull)
                .toList();
        return new Picture(title(), shapes, links);
    }

    private String title() {
        return file.processes().stream()
                .map(process -> BpmnFile.name(process).isEmpty() ? BpmnFile.id(process) : BpmnFile.name(process))
                .findFirst()
                .orElse("");
    }

    /** Larger ones that hold others first; boundary events on top of all. */
    private static double layer(Shape shape) {
        return switch (shape.form()) {
            case POOL -> -2e15 - shape.box().width() * shape.box().height();
            case REGION -> -1e15 - shape.box().width() * shape.box().height();
            case EVENT -> 1;
            default -> 0;
        };
    }

    private @Nullable Shape shape(Element drawn) {
        Element element = elements.get(BpmnFile.reference(drawn, "bpmnElement"));
        Box box = bounds(drawn);
        if (element == null || box == null) {
            return null;
        }
        Form form = form(element, drawn);
        boolean step = BpmnFile.isFlowNode(element) && form != Form.REGION;
        StepKind kind = step && !isPlain(element) ? Kinds.of(element) : null;
        return new Shape(BpmnFile.id(element), form, mark(element), kind, text(element), box, label(drawn));
    }

    /** What only holds the BPMN together: ways meet in it, or it is the blank begin or end of a region. */
    private static boolean isPlain(Element element) {
        boolean inRegion = element.getParentNode() instanceof Element parent && BpmnFile.isContainer(parent);
        boolean merge = element.getLocalName().endsWith("Gateway")
                && BpmnFile.children(element).stream()
                                .filter(child -> child.getLocalName().equals("outgoing"))
                                .count()
                        == 1;
        boolean blank = inRegion
                && (element.getLocalName().equals("startEvent")
                        || element.getLocalName().equals("endEvent"))
                && !BpmnFile.isDefinedBy(element, "");
        return Kinds.declared(element).isEmpty() && (merge || blank);
    }

    private static String text(Element element) {
        return element.getLocalName().equals("textAnnotation")
                ? BpmnFile.child(element, "text")
                        .map(Element::getTextContent)
                        .orElse("")
                        .strip()
                : BpmnFile.name(element);
    }

    private static Form form(Element element, Element drawn) {
        String type = element.getLocalName();
        if (BpmnFile.isContainer(element)) {
            return drawn.getAttribute("isExpanded").equals("false") ? Form.TASK : Form.REGION;
        }
        if (type.endsWith("Gateway")) {
            return Form.GATEWAY;
        }
        return switch (type) {
            case "participant", "lane" -> Form.POOL;
            case "startEvent" -> Form.START;
            case "endEvent" -> Form.END;
            case "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent" -> Form.EVENT;
            case "group" -> Form.REGION;
            case "textAnnotation" -> Form.NOTE;
            case "dataObjectReference", "dataStoreReference", "dataInput", "dataOutput" -> Form.DATA;
            default -> Form.TASK;
        };
    }

    private static String mark(Element element) {
        return switch (element.getLocalName()) {
            case "parallelGateway" -> "+";
            case "inclusiveGateway" -> "o";
            case "exclusiveGateway" -> "x";
            default ->
                BpmnFile.children(element).stream()
                        .map(Element::getLocalName)
                        .filter(type -> type.endsWith("EventDefinition"))
                        .map(type -> type.replace("EventDefinition", ""))
                        .findFirst()
                        .orElse("");
        };
    }

    private @Nullable Link link(Element drawn) {
        List<Point> points = new ArrayList<>();
        for (Element waypoint : BpmnFile.elements(drawn.getElementsByTagNameNS(DI, "waypoint"))) {
            points.add(new Point(number(waypoint, "x"), number(waypoint, "y")));
        }
        boolean broken = points.stream().anyMatch(point -> Double.isNaN(point.x()) || Double.isNaN(point.y()));
        Element element = elements.get(BpmnFile.reference(drawn, "bpmnElement"));
        if (element == null || points.size() < 2 || broken) {
            return null;
        }
        boolean fails = isOf(element, "error") || isOf(element, "timer");
        boolean dashed = fails || !element.getLocalName().equals("sequenceFlow");
        return new Link(BpmnFile.id(element), points, BpmnFile.name(element), label(drawn), dashed, fails);
    }

    /** Whether a flow begins at a boundary event of a kind. */
    private boolean isOf(Element flow, String definition) {
        Element source = elements.get(BpmnFile.reference(flow, "sourceRef"));
        return source != null
                && source.getLocalName().equals("boundaryEvent")
                && BpmnFile.isDefinedBy(source, definition);
    }

    private @Nullable Box label(Element drawn) {
        return BpmnFile.elements(drawn.getElementsByTagNameNS(BPMNDI, "BPMNLabel")).stream()
                .map(DiagramReader::bounds)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Box bounds(Element drawn) {
        for (Element bounds : BpmnFile.elements(drawn.getElementsByTagNameNS(DC, "Bounds"))) {
            Box box = new Box(
                    number(bounds, "x"), number(bounds, "y"), number(bounds, "width"), number(bounds, "height"));
            boolean sound = !Double.isNaN(box.x() + box.y() + box.width() + box.height());
            if (bounds.getParentNode() == drawn && sound) {
                return box;
            }
        }
        return null;
    }

    private static double number(Element element, String attribute) {
        try {
            double value = Double.parseDouble(element.getAttribute(attribute));
            return Math.abs(value) <= FARTHEST ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
