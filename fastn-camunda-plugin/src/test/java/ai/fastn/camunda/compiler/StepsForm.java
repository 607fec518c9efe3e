package ai.fastn.camunda.compiler;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.compiler.slice.StepListing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that slicing found out, as text that a person can read: the steps, what is known of each, and the prelude. */
final class StepsForm {

    private StepsForm() {}

    static String of(StepGraph graph) {
        String facts = graph.steps().stream().map(StepsForm::facts).collect(Collectors.joining());
        String prelude = graph.prelude()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> "    " + line + "\n")
                .collect(Collectors.joining());
        return StepListing.of(graph) + "facts\n" + facts + "prelude\n" + prelude;
    }

    /** {@code #3 at 12:3-12:40, sets deal, "Read deal from HubSpot CRM"}; nothing for a step without any. */
    private static String facts(Step step) {
        List<String> facts = new ArrayList<>();
        step.source().ifPresent(place -> facts.add("at " + place));
        if (step.action() instanceof Action.Code code) {
            if (!code.sets().isEmpty()) {
                facts.add("sets " + String.join(" ", code.sets()));
            }
            code.effects().stream().map(EffectUse::sentence).forEach(sentence -> facts.add("\"" + sentence + "\""));
            code.main()
                    .ifPresent(deed -> facts.add(
                            "called \"" + deed.meaning().replaceAll("\\s+", " ") + "\", \"" + deed.sentence() + "\""));
            code.deeds().stream()
                    .filter(deed -> code.main().filter(deed::equals).isEmpty())
                    .forEach(deed -> facts.add("and \"" + deed.meaning().replaceAll("\\s+", " ") + "\""));
            code.comment().ifPresent(comment -> facts.add("comment \"" + comment + "\""));
            code.fused().ifPresent(reason -> facts.add("fused: " + reason));
        }
        return facts.isEmpty() ? "" : "    #" + step.number() + " " + String.join(", ", facts) + "\n";
    }
}
