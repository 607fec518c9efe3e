package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;

/** Adds a diagram to a process; the contract is {@code docs/layout.md}. */
public final class Layout {

    private Layout() {}

    /** Draws the processes of a model from left to right, in place of the diagram it has. */
    public static void addDiagram(BpmnModelInstance model) {
        addDiagram(model, Orientation.LEFT_TO_RIGHT);
    }

    /** Draws the processes of a model, in place of the diagram it has. */
    public static void addDiagram(BpmnModelInstance model, Orientation orientation) {
        DiagramWriter writer = DiagramWriter.replacing(model, orientation);
        double below = 0;
        for (Process process : model.getModelElementsByType(Process.class)) {
            Drawing drawing = draw(process.getFlowElements(), orientation);
            Drawing placed = drawing.shifted(
                    DiagramWriter.MARGIN - drawing.bounds().u(),
                    DiagramWriter.MARGIN + below - drawing.bounds().v());
            writer.write(placed);
            below = placed.bounds().endV();
        }
    }

    static Drawing draw(Collection<FlowElement> elements, Orientation orientation) {
        Plan plan = PlanReader.read(elements, orientation);
        if (plan.size() == 0) {
            return Drawing.of(List.of(), List.of(), Places.MAIN_LINE);
        }
        Places places = Places.of(plan);
        List<Drawing.Figure> figures = figures(plan, places);
        List<List<Point>> edges = new Edges(plan, places).draw();
        List<Drawing> contents = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            if (cell.content() != null) {
                Box box = places.cells().get(cell.index());
                contents.add(cell.content().shifted(box.u(), box.v()));
            }
        }
        return Drawing.of(figures, wires(plan, figures, edges), Places.MAIN_LINE)
                .with(contents);
    }

    private static List<Drawing.Figure> figures(Plan plan, Places places) {
        List<Drawing.Figure> figures = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            Box box = places.cells().get(cell.index());
            Optional<Box> label = cell.label().isNone()
                    ? Optional.empty()
                    : Optional.of(cell.labelBox(box.u(), places.line().get(cell.index())));
            figures.add(new Drawing.Figure(cell.id(), box, label));
        }
        for (int i = 0; i < plan.borders().size(); i++) {
            Border border = plan.borders().get(i);
            Box box = places.borders().get(i);
            Optional<Box> label = border.label().isNone() ? Optional.empty() : Optional.of(border.labelBox(box));
            figures.add(new Drawing.Figure(border.id(), box, label));
        }
        return figures;
    }

    private static List<Drawing.Wire> wires(Plan plan, List<Drawing.Figure> figures, List<List<Point>> edges) {
        List<Box> taken = new ArrayList<>();
        for (Drawing.Figure figure : figures) {
            taken.add(figure.box());
            figure.label().ifPresent(taken::add);
        }
        EdgeLabels labels = new EdgeLabels(taken, edges);
        List<Drawing.Wire> wires = new ArrayList<>();
        for (Link link : plan.links()) {
            wires.add(new Drawing.Wire(link.id(), edges.get(link.index()), labels.place(link)));
        }
        return wires;
    }
}
