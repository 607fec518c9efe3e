package ai.fastn.camunda.flow;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.flow.WorkflowDocs.Connector;
import ai.fastn.camunda.flow.WorkflowDocs.Use;
import ai.fastn.camunda.workflow.StepKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.w3c.dom.Element;

/** What the steps of a process do outside, gathered by thing. */
final class EffectList {

    private static final Set<String> OWN =
            Set.of("db", "state", "secrets", "envConfig", "flow", "waitFor", "sleep", "fetch", "connector");

    /** What says nothing without its target. */
    private static final Set<String> UNTOLD = Set.of(
            "db.query",
            "state.get",
            "state.set",
            "state.delete",
            "state.setIfAbsent",
            "state.increment",
            "secrets.get",
            "envConfig.get",
            "flow.invoke",
            "flow.invokeAsync",
            "waitFor",
            "fetch");

    private final List<Performed> all = new ArrayList<>();

    /** One effect of one step. */
    private record Performed(String step, String name, StepKind kind, String target) {

        String client() {
            int dot = name.indexOf('.');
            return dot < 0 ? name : name.substring(0, dot);
        }

        boolean isConnector() {
            return name.indexOf('.') > 0 && !OWN.contains(client());
        }
    }

    EffectList(BpmnFile file) {
        for (Element process : file.processes()) {
            add(process, "");
            BpmnFile.descendants(process).forEach(element -> add(element, BpmnFile.id(element)));
        }
    }

    /** @param step empty for what belongs to no step */
    private void add(Element element, String step) {
        List<Element> effects = BpmnFile.extensions(element, FastnBpmn.NAMESPACE, FastnBpmn.EFFECT);
        for (Element effect : effects) {
            StepKind kind = kind(effect.getAttribute(FastnBpmn.KIND));
            all.add(new Performed(
                    step, effect.getAttribute(FastnBpmn.NAME), kind, effect.getAttribute(FastnBpmn.TARGET)));
        }
        if (effects.isEmpty()) {
            Arrays.stream(BpmnFile.said(element, FastnBpmn.EFFECTS).split("\\s+", -1))
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> all.add(new Performed(step, name, Kinds.of(element), "")));
        }
        String called = element.getAttribute("calledElement");
        if (effects.isEmpty() && !called.isEmpty()) {
            all.add(new Performed(step, "flow.invoke", StepKind.WRITE, called));
        }
    }

    private static StepKind kind(String word) {
        return word.equals(StepKind.READ.name()) ? StepKind.READ : StepKind.WRITE;
    }

    List<Connector> connectors() {
        return all.stream()
                .filter(Performed::isConnector)
                .map(Performed::client)
                .distinct()
                .map(client -> new Connector(
                        client,
                        uses(
                                effect ->
                                        effect.isConnector() && effect.client().equals(client),
                                effect -> effect.name().substring(client.length() + 1))))
                .toList();
    }

    /** The targets of the effects whose name begins with this; those the source does not show are left out. */
    List<Use> targets(String name) {
        return uses(
                effect -> (effect.client().equals(name) || effect.name().startsWith(name))
                        && !effect.target().isEmpty(),
                Performed::target);
    }

    /** Effects whose target the source does not show. */
    List<Use> untold() {
        return uses(
                effect -> effect.name().endsWith(".*") || effect.target().isEmpty() && UNTOLD.contains(effect.name()),
                Performed::name);
    }

    private List<Use> uses(Predicate<Performed> wanted, Function<Performed, String> thing) {
        Map<String, List<Performed>> byThing = new LinkedHashMap<>();
        all.stream()
                .filter(wanted)
                .forEach(effect -> byThing.computeIfAbsent(thing.apply(effect), name -> new ArrayList<>())
                        .add(effect));
        return byThing.entrySet().stream()
                .map(entry -> use(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Use use(String name, List<Performed> effects) {
        Set<String> steps = new LinkedHashSet<>();
        effects.stream().map(Performed::step).filter(step -> !step.isEmpty()).forEach(steps::add);
        return new Use(
                name, effects.stream().map(Performed::kind).distinct().sorted().toList(), List.copyOf(steps));
    }
}
