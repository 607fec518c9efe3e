package ai.fastn.camunda.bench;

import ai.fastn.camunda.bench.SourceFigures.Place;
import ai.fastn.camunda.bench.SourceFigures.Site;
import ai.fastn.camunda.bpmn.BpmnReader;
import ai.fastn.camunda.bpmn.FastnBpmn;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.jspecify.annotations.Nullable;

/**
 * What the BPMN of a workflow shows.
 *
 * @param effectSteps the steps that perform effects
 * @param tasks all tasks
 * @param forks gateways with more than one way out
 * @param ends end events of the workflow itself, not that of its timeout
 */
record PictureFigures(List<EffectStep> effectSteps, int tasks, int forks, int ends) {

    /**
     * A step that performs effects.
     *
     * @param reason why it is one step, when the compiler says so
     */
    record EffectStep(List<String> effects, Place from, Place to, Optional<String> reason) {

        boolean holds(Site site) {
            return effects.contains(site.effect())
                    && from.compareTo(site.place()) <= 0
                    && site.place().compareTo(to) < 0;
        }
    }

    static PictureFigures of(String bpmn) {
        BpmnModelInstance model = BpmnReader.read(bpmn);
        return new PictureFigures(
                Stream.concat(
                                model.getModelElementsByType(Activity.class).stream()
                                        .filter(task -> attribute(task, FastnBpmn.EFFECTS) != null),
                                model.getModelElementsByType(IntermediateCatchEvent.class).stream())
                        .map(PictureFigures::step)
                        .toList(),
                model.getModelElementsByType(Task.class).size()
                        + model.getModelElementsByType(CallActivity.class).size(),
                (int) model.getModelElementsByType(ExclusiveGateway.class).stream()
                        .filter(gateway -> gateway.getOutgoing().size() > 1)
                        .count(),
                (int) model.getModelElementsByType(EndEvent.class).stream()
                        .filter(end -> !end.getId().equals(FastnBpmn.DONE_TIMEOUT))
                        .count());
    }

    private static @Nullable String attribute(FlowNode task, String name) {
        return task.getAttributeValueNs(FastnBpmn.NAMESPACE, name);
    }

    private static EffectStep step(FlowNode task) {
        String source = Optional.ofNullable(attribute(task, FastnBpmn.SOURCE)).orElse("1:1-1:1");
        String[] ends = source.split("-", -1);
        String effects = Optional.ofNullable(attribute(task, FastnBpmn.EFFECTS)).orElse("sleep");
        return new EffectStep(
                Arrays.asList(effects.split(" ", -1)),
                Place.of(ends[0]),
                Place.of(ends[1]),
                task.getDocumentations().stream()
                        .findFirst()
                        .map(Documentation::getTextContent)
                        .filter(text -> text.matches("(?s)[A-Z][^\\n]*\\.\\n\\n.*"))
                        .map(text -> text.substring(0, text.indexOf('\n'))));
    }

    /** Whether a step shows this call and nothing else: where it stands, or where its helper is called. */
    boolean hasNodeOfItsOwn(Site site, List<Site> all) {
        List<EffectStep> single = effectSteps.stream()
                .filter(step -> step.effects().equals(List.of(site.effect())))
                .toList();
        return single.stream()
                .filter(step -> step.holds(site)
                        || effectSteps.stream().noneMatch(other -> other.holds(site)) && isCall(step, all))
                .anyMatch(step -> all.stream().filter(step::holds).count() <= 1);
    }

    private static boolean isCall(EffectStep step, List<Site> all) {
        return all.stream().noneMatch(step::holds);
    }

    /** Why a call has no step of its own, as far as the picture tells. */
    String reason(Site site) {
        return effectSteps.stream()
                .filter(step -> step.holds(site))
                .findFirst()
                .map(step -> step.reason().orElse("one step with " + String.join(", ", step.effects())))
                .orElseGet(() -> effectSteps.stream()
                        .filter(step -> step.effects().contains(site.effect()))
                        .flatMap(step -> step.reason().stream())
                        .findFirst()
                        .map(reason -> "called from elsewhere: " + reason)
                        .orElse("no step shows it where it stands"));
    }
}
