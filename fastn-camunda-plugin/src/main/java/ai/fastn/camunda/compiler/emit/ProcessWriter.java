package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Branch;
import ai.fastn.camunda.compiler.slice.Place;
import ai.fastn.camunda.compiler.slice.Region;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.impl.instance.Incoming;
import org.camunda.bpm.model.bpmn.impl.instance.Outgoing;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** Writes nodes and flows of all regions into the body of the frame. */
final class ProcessWriter {

    private static final Set<String> OF_FRAME = Set.of(
            "definitions",
            "start",
            "start_body",
            "body",
            "body_done",
            "done",
            "body_start",
            "timeout",
            "timeout_timer",
            "timeout_done",
            "done_timeout",
            "fastn_thrown",
            "process_documentation");

    private final Frame frame;
    private final StepGraph graph;
    private final Ids ids;
    private final NodeWriter nodes;
    private final Map<Integer, FlowNode> ofSteps = new HashMap<>();
    private final Map<Integer, FlowNode> entries = new HashMap<>();
    private final Map<Integer, Contents> containers = new HashMap<>();
    private final Map<Integer, FlowNode> starts = new HashMap<>();

    ProcessWriter(Frame frame, StepGraph graph, WorkflowConfiguration configuration) {
        this.frame = frame;
        this.graph = graph;
        Tries tries = new Tries(graph);
        this.ids = new Ids(graph, tries, OF_FRAME);
        this.nodes = new NodeWriter(frame.model, tries, ids, configuration);
    }

    void write() {
        frame.body.setId(FastnBpmn.BODY);
        containers.put(0, new Contents(frame.body));
        starts.put(0, Frame.element(frame.model, "body_start", StartEvent.class));
        for (Region region : graph.regions()) {
            writeNodes(region);
        }
        Map<Integer, Integer> incoming = incoming();
        for (Step step : graph.steps()) {
            FlowNode node = node(step.number());
            entries.put(step.number(), incoming.getOrDefault(step.number(), 0) > 1 ? join(step, node) : node);
        }
        for (Region region : graph.regions()) {
            FlowNode start = starts.get(region.number());
            if (start != null) {
                connect(container(region.number()), start, entry(region.entry()), "", null);
            }
        }
        graph.steps().forEach(this::writeFlows);
    }

    private void writeNodes(Region region) {
        Contents container = container(region.number());
        for (Step step : graph.steps()) {
            if (step.region() == region.number()) {
                FlowNode node = nodes.write(step, container, isFirst(step));
                ofSteps.put(step.number(), node);
                if (step.action() instanceof Action.Attempt attempt && node instanceof SubProcess inner) {
                    Contents contents = new Contents(inner);
                    containers.put(attempt.region(), contents);
                    starts.put(attempt.region(), nodes.start(contents, ids.of(step)));
                    nodes.boundary(container, inner, ids.of(step));
                }
            }
        }
    }

    private boolean isFirst(Step step) {
        return graph.regions().get(0).entry() == step.number();
    }

    private Contents container(int region) {
        Contents container = containers.get(region);
        if (container == null) {
            throw new IllegalStateException("bug: region " + region + " has no sub-process");
        }
        return container;
    }

    private FlowNode node(int step) {
        FlowNode node = ofSteps.get(step);
        if (node == null) {
            throw new IllegalStateException("bug: step " + step + " has no node");
        }
        return node;
    }

    private Map<Integer, Integer> incoming() {
        Map<Integer, Integer> counts = new HashMap<>();
        graph.regions().forEach(region -> counts.merge(region.entry(), 1, Integer::sum));
        graph.steps()
                .forEach(step -> step.branches().forEach(branch -> counts.merge(branch.target(), 1, Integer::sum)));
        return counts;
    }

    /** Ways meet in a gateway of their own. */
    private FlowNode join(Step step, FlowNode node) {
        ExclusiveGateway join = frame.model.newInstance(ExclusiveGateway.class, ids.join(step));
        container(step.region()).add(join);
        connect(container(step.region()), join, node, "", null);
        return join;
    }

    private void writeFlows(Step step) {
        Contents container = container(step.region());
        if (step.action() instanceof Action.Attempt) {
            flow(container, node(step.number()), step.branches().get(0), "", null);
            FlowNode boundary = Frame.element(frame.model, NodeWriter.boundaryId(ids.of(step)), FlowNode.class);
            flow(container, boundary, step.branches().get(1), "", null);
            return;
        }
        FlowNode node = node(step.number());
        for (Branch branch : step.branches()) {
            SequenceFlow flow = flow(
                    container, node, branch, branch.label(), branch.condition().orElse(null));
            if (node instanceof ExclusiveGateway gateway && branch.condition().isEmpty()) {
                gateway.setAttributeValue("default", flow.getId());
            }
        }
    }

    private SequenceFlow flow(Contents container, FlowNode from, Branch way, String label, @Nullable String condition) {
        SequenceFlow flow = connect(container, from, entry(way.target()), label, condition);
        if (!way.words().isEmpty()) {
            String words = way.words().stream().map(Place::toString).collect(Collectors.joining(" "));
            flow.setAttributeValueNs(FastnBpmn.NAMESPACE, FastnBpmn.SOURCE, words);
        }
        return flow;
    }

    private FlowNode entry(int step) {
        FlowNode entry = entries.get(step);
        if (entry == null) {
            throw new IllegalStateException("bug: step " + step + " has no entry");
        }
        return entry;
    }

    private SequenceFlow connect(
            Contents container, FlowNode from, FlowNode to, String label, @Nullable String condition) {
        SequenceFlow flow = frame.model.newInstance(SequenceFlow.class, ids.unique(from.getId() + "_to_" + to.getId()));
        container.add(flow);
        flow.setAttributeValue("sourceRef", from.getId());
        flow.setAttributeValue("targetRef", to.getId());
        refer(from, Outgoing.class, flow.getId());
        refer(to, Incoming.class, flow.getId());
        if (!label.isEmpty()) {
            flow.setName(label);
        }
        if (condition != null) {
            ConditionExpression expression =
                    frame.model.newInstance(ConditionExpression.class, flow.getId() + "_condition");
            expression.setType("tFormalExpression");
            expression.setLanguage(FastnBpmn.SCRIPT_FORMAT);
            expression.setTextContent(condition);
            flow.setConditionExpression(expression);
        }
        return flow;
    }

    /** Written as text: setting references one by one makes the model API search the whole file each time. */
    private <T extends ModelElementInstance> void refer(FlowNode node, Class<T> type, String flow) {
        T reference = frame.model.newInstance(type);
        reference.setTextContent(flow);
        node.addChildElement(reference);
    }
}
