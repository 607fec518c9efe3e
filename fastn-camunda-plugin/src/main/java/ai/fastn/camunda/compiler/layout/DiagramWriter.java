package ai.fastn.camunda.compiler.layout;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnDiagram;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnPlane;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.DiagramElement;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.jspecify.annotations.Nullable;

/**
 * Writes drawings as BPMN diagram interchange, in whole pixels. Ids are given at once: the model API makes up random
 * ones otherwise, and looks for references in the whole file when one is changed. Each shape and edge is put behind the
 * one before it: the model API would look through all of them for the place.
 */
final class DiagramWriter {

    /** Left and above the picture, so that it does not stick to the corner of the canvas. */
    static final double MARGIN = 100;

    private final BpmnModelInstance model;
    private final BpmnPlane plane;
    private final Orientation orientation;

    private @Nullable DiagramElement last;

    private DiagramWriter(BpmnModelInstance model, BpmnPlane plane, Orientation orientation) {
        this.model = model;
        this.plane = plane;
        this.orientation = orientation;
    }

    static DiagramWriter replacing(BpmnModelInstance model, Orientation orientation) {
        for (BpmnDiagram old : List.copyOf(model.getDefinitions().getBpmDiagrams())) {
            model.getDefinitions().removeChildElement(old);
        }
        BpmnDiagram diagram = model.newInstance(BpmnDiagram.class, "diagram");
        model.getDefinitions().addChildElement(diagram);
        BpmnPlane plane = model.newInstance(BpmnPlane.class, "plane");
        model.getModelElementsByType(Process.class).stream().findFirst().ifPresent(plane::setBpmnElement);
        diagram.setBpmnPlane(plane);
        return new DiagramWriter(model, plane, orientation);
    }

    void write(Drawing drawing) {
        drawing.figures().forEach(this::write);
        drawing.wires().forEach(this::write);
    }

    private void write(Drawing.Figure figure) {
        BaseElement element = model.getModelElementById(figure.id());
        BpmnShape shape = model.newInstance(BpmnShape.class, figure.id() + "_di");
        shape.setBpmnElement(element);
        if (element instanceof ExclusiveGateway) {
            shape.setMarkerVisible(true);
        }
        if (element instanceof SubProcess) {
            shape.setExpanded(true);
        }
        shape.setBounds(bounds(figure.box()));
        label(figure.id(), figure.label()).ifPresent(shape::setBpmnLabel);
        append(shape);
    }

    private void write(Drawing.Wire wire) {
        BpmnEdge edge = model.newInstance(BpmnEdge.class, wire.id() + "_di");
        edge.setBpmnElement(model.getModelElementById(wire.id()));
        for (Point point : wire.points()) {
            Point onPaper = orientation.onPaper(point);
            Waypoint waypoint = model.newInstance(Waypoint.class);
            waypoint.setX(Math.rint(onPaper.u()));
            waypoint.setY(Math.rint(onPaper.v()));
            edge.addChildElement(waypoint);
        }
        label(wire.id(), wire.label()).ifPresent(edge::setBpmnLabel);
        append(edge);
    }

    private void append(DiagramElement element) {
        plane.insertElementAfter(element, last);
        last = element;
    }

    private Optional<BpmnLabel> label(String id, Optional<Box> box) {
        return box.map(found -> {
            BpmnLabel label = model.newInstance(BpmnLabel.class, id + "_label");
            label.setBounds(bounds(found));
            return label;
        });
    }

    private Bounds bounds(Box box) {
        Box onPaper = orientation.onPaper(box);
        Bounds bounds = model.newInstance(Bounds.class);
        bounds.setX(Math.rint(onPaper.u()));
        bounds.setY(Math.rint(onPaper.v()));
        bounds.setWidth(Math.rint(onPaper.along()));
        bounds.setHeight(Math.rint(onPaper.across()));
        return bounds;
    }
}
