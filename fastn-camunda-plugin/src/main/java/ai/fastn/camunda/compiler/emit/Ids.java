package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.workflow.StepKind;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Gives every element an id made of what it means; a second one with the same meaning gets {@code _2}. */
final class Ids {

    private static final int LONGEST = 40;

    private final Set<String> taken = new HashSet<>();

    /** The last number behind each wanted id: a long workflow has thousands of equal ones. */
    private final Map<String, Integer> last = new HashMap<>();

    private final Map<Integer, String> ofSteps = new HashMap<>();

    Ids(StepGraph graph, Set<String> reserved) {
        taken.addAll(reserved);
        for (Step step : graph.steps()) {
            ofSteps.put(step.number(), unique(meaning(step, graph)));
        }
    }

    String of(Step step) {
        return of(step.number());
    }

    String of(int step) {
        String id = ofSteps.get(step);
        if (id == null) {
            throw new IllegalStateException("bug: step " + step + " has no id");
        }
        return id;
    }

    String unique(String wanted) {
        String id = wanted;
        int number = last.getOrDefault(wanted, 1);
        while (!taken.add(id)) {
            number++;
            id = wanted + "_" + number;
        }
        last.put(wanted, number);
        return id;
    }

    private static String meaning(Step step, StepGraph graph) {
        Action action = step.action();
        if (action instanceof Action.Code code) {
            return code(code);
        }
        if (action instanceof Action.Decision decision) {
            return "decision_" + slug(decision.question());
        }
        if (action instanceof Action.Sleep sleep) {
            return "wait_" + slug(sleep.expression());
        }
        if (action instanceof Action.Attempt attempt) {
            return "try_" + firstEffect(attempt.region(), graph);
        }
        if (action instanceof Action.Done done) {
            return "done_" + (done.outcome().isEmpty() ? "end" : slug(done.outcome()));
        }
        return action instanceof Action.Fail ? "failed" : "leave";
    }

    private static String code(Action.Code code) {
        if (!code.effects().isEmpty() && code.kind() != StepKind.PROCESS) {
            String name = dominant(code).name().replace(".*", "").replace('.', '_');
            return code.kind().name().toLowerCase(Locale.ROOT) + "_" + slug(name);
        }
        if (code.text().startsWith("throw ")) {
            return slug(Wording.failure(code)).replaceFirst("^Fail", "fail");
        }
        if (!code.sets().isEmpty()) {
            return "process_" + slug(code.sets().get(0));
        }
        if (code.returns()) {
            return "process_result";
        }
        return "process_"
                + (code.original().isEmpty()
                        ? "way"
                        : slug(code.original().lines().findFirst().orElse("")));
    }

    /** The effect a step is named after: the first that writes, else the first. */
    static EffectUse dominant(Action.Code code) {
        return code.effects().stream()
                .filter(effect -> effect.kind() == StepKind.WRITE)
                .findFirst()
                .orElse(code.effects().get(0));
    }

    private static String firstEffect(int region, StepGraph graph) {
        return graph.steps().stream()
                .filter(step -> step.region() == region)
                .map(Step::action)
                .filter(action -> action instanceof Action.Code code && code.kind() != StepKind.PROCESS)
                .map(action -> slug(dominant((Action.Code) action).name().replace('.', '_')))
                .findFirst()
                .orElse("block");
    }

    private static String slug(String text) {
        String ascii = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        String words = ascii.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
        String cut =
                words.length() <= LONGEST ? words : words.substring(0, LONGEST).replaceAll("_[^_]*$", "");
        return cut.isEmpty() ? "step" : cut;
    }
}
