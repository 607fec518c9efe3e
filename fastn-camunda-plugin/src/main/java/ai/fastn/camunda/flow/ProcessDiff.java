package ai.fastn.camunda.flow;

import ai.fastn.camunda.bpmn.FastnBpmn;
import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * What is different between two processes, step by step: ids stay the same from version to version.
 *
 * @param nodes steps and regions, only those with a difference
 * @param edges ways, only those with a difference
 */
public record ProcessDiff(List<Change> nodes, List<Change> edges) {

    public ProcessDiff {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * A difference.
     *
     * @param name in the second process, or in the first for what was removed
     * @param change added, removed, changed or moved (the same at another place)
     * @param what what was changed: {@code name}, {@code kind}, {@code code}, {@code effects}, {@code settings},
     *     {@code target}, {@code place}
     */
    public record Change(String id, String name, String change, List<String> what) {

        public Change {
            what = List.copyOf(what);
        }
    }

    /**
     * Compares two BPMN files.
     *
     * @throws IllegalArgumentException when one of them is not well-formed XML
     */
    public static ProcessDiff between(String from, String to) {
        Side old = new Side(from);
        Side now = new Side(to);
        Set<String> moved = moved(old.order(), now.order());
        return new ProcessDiff(changes(old.nodes, now.nodes, moved), changes(old.edges, now.edges, Set.of()));
    }

    /** What stands elsewhere in the list of steps, compared with what both have. */
    private static Set<String> moved(List<String> from, List<String> to) {
        List<String> old = new ArrayList<>(from);
        List<String> now = new ArrayList<>(to);
        old.retainAll(new HashSet<>(to));
        now.retainAll(new HashSet<>(from));
        return DiffUtils.diff(old, now).getDeltas().stream()
                .map(AbstractDelta::getTarget)
                .flatMap(chunk -> chunk.getLines().stream())
                .collect(Collectors.toSet());
    }

    private static List<Change> changes(
            Map<String, Map<String, String>> old, Map<String, Map<String, String>> now, Set<String> moved) {
        Set<String> ids = new LinkedHashSet<>(now.keySet());
        ids.addAll(old.keySet());
        return ids.stream()
                .map(id -> change(id, old.getOrDefault(id, Map.of()), now.getOrDefault(id, Map.of()), moved))
                .filter(change -> !change.change().isEmpty())
                .toList();
    }

    private static Change change(String id, Map<String, String> old, Map<String, String> now, Set<String> moved) {
        String name = now.getOrDefault("name", old.getOrDefault("name", id));
        if (old.isEmpty() || now.isEmpty()) {
            return new Change(id, name, old.isEmpty() ? "added" : "removed", List.of());
        }
        List<String> what = new ArrayList<>();
        now.forEach((fact, value) -> {
            if (!Objects.equals(old.get(fact), value)) {
                what.add(fact);
            }
        });
        if (moved.contains(id) && !what.contains("place")) {
            what.add("place");
        }
        return new Change(id, name, what.isEmpty() ? "" : what.equals(List.of("place")) ? "moved" : "changed", what);
    }

    /** One of the processes: facts by id. */
    private static final class Side {

        final Map<String, Map<String, String>> nodes = new LinkedHashMap<>();
        final Map<String, Map<String, String>> edges = new LinkedHashMap<>();
        private final FlowGraph flow;
        private final Map<String, Element> elements = new LinkedHashMap<>();

        Side(String xml) {
            BpmnFile file = BpmnFile.parse(xml);
            this.flow = new FlowReader(file).read();
            file.processes().stream()
                    .flatMap(process -> BpmnFile.descendants(process).stream())
                    .forEach(element -> elements.putIfAbsent(BpmnFile.id(element), element));
            flow.nodes()
                    .forEach(node -> nodes.put(
                            node.id(),
                            facts(
                                    "name",
                                    node.name(),
                                    "kind",
                                    node.kind().name(),
                                    "code",
                                    code(node.id()),
                                    "effects",
                                    node.effects().toString(),
                                    "settings",
                                    settings(node.id()),
                                    "place",
                                    Objects.toString(node.parent(), ""))));
            flow.regions()
                    .forEach(region -> nodes.put(
                            region.id(), facts("name", region.name(), "place", Objects.toString(region.parent(), ""))));
            flow.edges()
                    .forEach(edge -> edges.put(
                            edge.id(),
                            facts(
                                    "name",
                                    edge.label(),
                                    "target",
                                    edge.from() + " " + edge.to(),
                                    "kind",
                                    edge.kind().word(),
                                    "code",
                                    code(edge.id()))));
        }

        List<String> order() {
            return Sequence.of(flow).steps().stream().flatMap(Side::ids).toList();
        }

        private static Stream<String> ids(Sequence.Step step) {
            Stream<String> own = Stream.of(step.id());
            Stream<String> inside = step.steps().stream().flatMap(Side::ids);
            Stream<String> ways =
                    step.ways().stream().flatMap(way -> way.steps().stream()).flatMap(Side::ids);
            return Stream.of(own, inside, ways).flatMap(ids -> ids);
        }

        private static Map<String, String> facts(String... namesAndValues) {
            Map<String, String> facts = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                facts.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            return facts;
        }

        /** Script, condition or time: the text that is executed. */
        private String code(String id) {
            Element element = elements.get(id);
            return element == null
                    ? ""
                    : Stream.of("script", "conditionExpression", "timeDuration", "timeDate", "timeCycle")
                            .flatMap(type -> BpmnFile.elements(element.getElementsByTagNameNS("*", type)).stream())
                            .map(text -> text.getTextContent().strip())
                            .collect(Collectors.joining("\n"));
        }

        /** How the engine treats the step: Camunda's attributes, its retries. */
        private String settings(String id) {
            Element element = elements.get(id);
            if (element == null) {
                return "";
            }
            List<String> settings = new ArrayList<>();
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                var attribute = element.getAttributes().item(i);
                if (BpmnFile.CAMUNDA.equals(attribute.getNamespaceURI())
                        || FastnBpmn.RETURNS.equals(attribute.getLocalName())) {
                    settings.add(attribute.getLocalName() + "=" + attribute.getNodeValue());
                }
            }
            BpmnFile.extensions(element, BpmnFile.CAMUNDA, "*").forEach(each -> {
                settings.add(each.getLocalName() + each.getTextContent().strip() + each.getAttribute("value"));
            });
            return settings.stream().sorted().collect(Collectors.joining(" "));
        }
    }
}
