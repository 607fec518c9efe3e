package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.jspecify.annotations.Nullable;

/** Reads the graph of a process or sub-process; what a sub-process holds is drawn on the way. */
final class PlanReader {

    private final Orientation orientation;
    private final Map<String, Integer> cellOf = new HashMap<>();
    private final Map<String, Integer> borderOf = new HashMap<>();

    /** How many boundary events sit on a cell so far. */
    private final Map<Integer, Integer> bordersOn = new HashMap<>();

    private final List<Cell> cells = new ArrayList<>();
    private final List<Border> borders = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    private PlanReader(Orientation orientation) {
        this.orientation = orientation;
    }

    static Plan read(Collection<FlowElement> elements, Orientation orientation) {
        return new PlanReader(orientation).read(elements);
    }

    private Plan read(Collection<FlowElement> elements) {
        for (FlowElement element : elements) {
            if (element instanceof FlowNode node && !(node instanceof BoundaryEvent)) {
                cellOf.put(node.getId(), cells.size());
                cells.add(cell(node));
            }
        }
        for (FlowElement element : elements) {
            if (element instanceof BoundaryEvent event && event.getAttachedTo() != null) {
                addBorder(event);
            }
        }
        for (FlowElement element : elements) {
            if (element instanceof SequenceFlow flow) {
                addLink(flow);
            }
        }
        return Plan.of(cells, borders, links);
    }

    private Cell cell(FlowNode node) {
        int index = cells.size();
        if (node instanceof SubProcess subProcess) {
            return container(index, subProcess);
        }
        Extent label = Lettering.measure(orientation, node.getName());
        if (node instanceof Gateway) {
            double half = Spacing.GATEWAY / 2;
            return new Cell(index, node.getId(), Cell.Form.GATEWAY, Spacing.GATEWAY, half, half, label, null);
        }
        if (node instanceof Event) {
            double half = Spacing.EVENT / 2;
            return new Cell(index, node.getId(), Cell.Form.EVENT, Spacing.EVENT, half, half, label, null);
        }
        Extent task = orientation.extent(Spacing.TASK_WIDTH, Spacing.TASK_HEIGHT);
        double half = task.across() / 2;
        return new Cell(index, node.getId(), Cell.Form.ACTIVITY, task.along(), half, half, Extent.NONE, null);
    }

    private Cell container(int index, SubProcess subProcess) {
        Drawing inside = Layout.draw(subProcess.getFlowElements(), orientation);
        Extent title = orientation.extent(0, Spacing.TITLE);
        Box bounds = inside.bounds();
        Drawing content = inside.shifted(
                Spacing.PADDING + title.along() - bounds.u(), Spacing.PADDING + title.across() - bounds.v());
        double along =
                Math.max(Spacing.TASK_WIDTH, Lettering.even(content.bounds().endU() + Spacing.PADDING));
        double across =
                Math.max(Spacing.TASK_HEIGHT, Lettering.even(content.bounds().endV() + Spacing.PADDING));
        return new Cell(
                index,
                subProcess.getId(),
                Cell.Form.ACTIVITY,
                along,
                content.line(),
                across - content.line(),
                Extent.NONE,
                content);
    }

    private void addBorder(BoundaryEvent event) {
        Integer host = cellOf.get(event.getAttachedTo().getId());
        if (host == null) {
            return;
        }
        int position = bordersOn.merge(host, 1, Integer::sum) - 1;
        borderOf.put(event.getId(), borders.size());
        borders.add(new Border(event.getId(), host, position, Lettering.measure(orientation, event.getName())));
    }

    private void addLink(SequenceFlow flow) {
        Integer border = borderOf.get(flow.getSource().getId());
        Integer from = border == null
                ? cellOf.get(flow.getSource().getId())
                : Integer.valueOf(borders.get(border).host());
        Integer to = cellOf.get(flow.getTarget().getId());
        if (from == null || to == null) {
            return;
        }
        links.add(new Link(
                links.size(),
                flow.getId(),
                from,
                to,
                border == null ? -1 : border,
                Lettering.measure(orientation, flow.getName()),
                Objects.equals(defaultOf(flow.getSource()), flow)));
    }

    private static @Nullable SequenceFlow defaultOf(FlowNode node) {
        if (node instanceof ExclusiveGateway gateway) {
            return gateway.getDefault();
        }
        if (node instanceof InclusiveGateway gateway) {
            return gateway.getDefault();
        }
        return node instanceof Activity activity ? activity.getDefault() : null;
    }
}
