package ai.fastn.camunda.flow;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.flow.FlowGraph.EdgeKind;
import ai.fastn.camunda.workflow.StepKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Folds the elements of a BPMN file into a {@link FlowGraph}. */
final class FlowReader {

    private final BpmnFile file;

    /** Every flow node by its id, in the order of the document. */
    private final Map<String, Element> elements = new LinkedHashMap<>();

    private final Map<String, List<Element>> outgoing = new LinkedHashMap<>();
    private final Set<String> entered = new HashSet<>();
    private final List<FlowGraph.Edge> edges = new ArrayList<>();
    private final Set<String> edgeIds = new HashSet<>();

    FlowReader(BpmnFile file) {
        this.file = file;
    }

    FlowGraph read() {
        file.processes().forEach(this::index);
        for (Element element : elements.values()) {
            if (element.getLocalName().equals("boundaryEvent")) {
                addCaught(element);
            } else if (isNode(element)) {
                addEdges(element);
            }
        }
        return new FlowGraph(nodes(), regions(), edges);
    }

    private void index(Element scope) {
        for (Element element : BpmnFile.children(scope)) {
            if (element.getLocalName().equals("sequenceFlow")) {
                outgoing.computeIfAbsent(BpmnFile.reference(element, "sourceRef"), id -> new ArrayList<>())
                        .add(element);
                entered.add(BpmnFile.reference(element, "targetRef"));
            } else if (BpmnFile.isFlowNode(element)) {
                elements.put(BpmnFile.id(element), element);
                if (BpmnFile.isContainer(element)) {
                    index(element);
                }
            }
        }
    }

    private List<FlowGraph.Node> nodes() {
        Set<String> reached = new HashSet<>();
        edges.forEach(edge -> reached.add(edge.to()));
        // The end behind a sub-process whose own ends are the ends of the workflow.
        Predicate<Element> passedOver = element -> element.getLocalName().equals("endEvent")
                && entered.contains(BpmnFile.id(element))
                && !reached.contains(BpmnFile.id(element));
        return elements.values().stream()
                .filter(element -> isNode(element) && !passedOver.test(element))
                .map(FlowReader::node)
                .toList();
    }

    private static FlowGraph.Node node(Element element) {
        StepKind kind = Kinds.of(element);
        String source = element.getAttributeNS(FastnBpmn.NAMESPACE, FastnBpmn.SOURCE);
        String effects = BpmnFile.said(element, FastnBpmn.EFFECTS);
        String name = BpmnFile.name(element);
        return new FlowGraph.Node(
                BpmnFile.id(element),
                kind,
                name.isEmpty() ? Nameless.shown(element) : name,
                source.isEmpty() ? null : source,
                Arrays.stream(effects.split("\\s+", -1))
                        .filter(effect -> !effect.isEmpty())
                        .toList(),
                parent(element));
    }

    private List<FlowGraph.Region> regions() {
        return elements.values().stream()
                .filter(this::isRegion)
                .map(element -> new FlowGraph.Region(BpmnFile.id(element), BpmnFile.name(element), parent(element)))
                .toList();
    }

    private static @Nullable String parent(Element element) {
        return element.getParentNode() instanceof Element parent && BpmnFile.isContainer(parent)
                ? BpmnFile.id(parent)
                : null;
    }

    /** Sub-processes with content; a collapsed one without any is a step. */
    private boolean isRegion(Element element) {
        return BpmnFile.isContainer(element)
                && BpmnFile.children(element).stream().anyMatch(BpmnFile::isFlowNode);
    }

    /** Whether the element is shown; everything else only holds the BPMN together. */
    private boolean isNode(Element element) {
        return switch (element.getLocalName()) {
            case "boundaryEvent" -> false;
            case "subProcess", "transaction", "adHocSubProcess" -> !isRegion(element);
            case "parallelGateway" -> false;
            case "startEvent" -> parent(element) == null || BpmnFile.isDefinedBy(element, "");
            case "endEvent" -> parent(element) == null || endsWorkflow(element);
            default -> !element.getLocalName().endsWith("Gateway") || isFork(element);
        };
    }

    private boolean isFork(Element gateway) {
        return outgoing(gateway).size() > 1 || Kinds.declared(gateway).isPresent();
    }

    private static boolean endsWorkflow(Element end) {
        return Kinds.declared(end).isPresent() || BpmnFile.isDefinedBy(end, "");
    }

    private List<Element> outgoing(Element element) {
        return outgoing.getOrDefault(BpmnFile.id(element), List.of());
    }

    /** From a boundary event to its handler; the way begins at the region or step that is left. */
    private void addCaught(Element event) {
        EdgeKind kind = BpmnFile.isDefinedBy(event, "timer") ? EdgeKind.TIMEOUT : EdgeKind.ERROR;
        String host = BpmnFile.reference(event, "attachedToRef");
        if (!elements.containsKey(host)) {
            return;
        }
        for (Element flow : outgoing(event)) {
            follow(Way.of(host, flow, BpmnFile.name(event), kind), new HashSet<>());
        }
    }

    private void addEdges(Element element) {
        for (Element flow : onward(element)) {
            follow(Way.of(BpmnFile.id(element), flow, "", EdgeKind.NORMAL), new HashSet<>());
        }
    }

    /** The flows that leave a node, or the sub-process around it where it is the last one in there. */
    private List<Element> onward(Element element) {
        List<Element> own = outgoing(element);
        boolean ends = element.getLocalName().equals("endEvent") && isNode(element);
        // What undoes a step is done aside: the way through the sub-process does not lead over it.
        boolean aside = element.getAttribute("isForCompensation").equals("true");
        boolean last = own.isEmpty() && !ends && !aside;
        return last && element.getParentNode() instanceof Element parent && isRegion(parent) ? onward(parent) : own;
    }

    /**
     * A way that is being followed.
     *
     * @param flow the sequence flow it has come to
     * @param words what the author says on all of them
     */
    private record Way(String from, Element first, Element flow, String label, EdgeKind kind, List<String> words) {

        static Way of(String from, Element flow, String label, EdgeKind kind) {
            return new Way(from, flow, flow, label.isEmpty() ? BpmnFile.name(flow) : label, kind, said(flow));
        }

        Way on(Element next) {
            List<String> all = Stream.concat(words.stream(), said(next).stream())
                    .distinct()
                    .toList();
            return new Way(from, first, next, label.isEmpty() ? BpmnFile.name(next) : label, kind, all);
        }

        private static List<String> said(Element flow) {
            String source = flow.getAttributeNS(FastnBpmn.NAMESPACE, FastnBpmn.SOURCE);
            return source.isBlank() ? List.of() : List.of(source.strip().split("\\s+", -1));
        }
    }

    private void follow(Way way, Set<String> passed) {
        Element target = elements.get(BpmnFile.reference(way.flow(), "targetRef"));
        if (target == null || !passed.add(BpmnFile.id(way.flow()))) {
            return;
        }
        if (isRegion(target)) {
            entries(target).forEach(entry -> arrive(way, entry, passed));
        } else {
            arrive(way, target, passed);
        }
    }

    private void arrive(Way way, Element target, Set<String> passed) {
        if (isNode(target)) {
            add(way, BpmnFile.id(target));
        } else if (isRegion(target)) {
            entries(target).forEach(entry -> arrive(way, entry, passed));
        } else {
            onward(target).forEach(next -> follow(way.on(next), passed));
        }
    }

    /** Where a sub-process is entered: its blank start events, else whatever nothing leads to. */
    private List<Element> entries(Element region) {
        List<Element> inside =
                BpmnFile.children(region).stream().filter(BpmnFile::isFlowNode).toList();
        List<Element> blank = inside.stream()
                .filter(element -> element.getLocalName().equals("startEvent") && !isNode(element))
                .toList();
        return blank.isEmpty()
                ? inside.stream()
                        .filter(element -> !entered.contains(BpmnFile.id(element))
                                && !element.getLocalName().equals("boundaryEvent"))
                        .toList()
                : blank;
    }

    private void add(Way way, String to) {
        String first = BpmnFile.id(way.first());
        String id = edgeIds.add(first) ? first : first + "/" + BpmnFile.id(way.flow());
        edgeIds.add(id);
        edges.add(new FlowGraph.Edge(id, way.from(), to, way.label(), way.kind(), way.words()));
    }
}
