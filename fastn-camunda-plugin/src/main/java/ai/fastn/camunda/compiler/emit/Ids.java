package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.workflow.StepKind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives every element an id made of what it means; the second step with a meaning gets {@code _2}. A step of several
 * statements is called after the first and counts for the meaning of each: so what is added to it or taken from it
 * changes no other id.
 */
final class Ids {

    private static final int LONGEST = 40;

    /** Statements the author did not write: they keep how something ended, open a cursor, hand over parameters. */
    private static final Pattern OF_COMPILER = Pattern.compile("(?<![\\w$.])\\$[a-z]|\\(\\[.*] = \\[");

    private static final Pattern ASSIGNED = Pattern.compile("(?:^|[;\\n])\\s*([A-Za-z_]\\w*) = ");
    private static final Pattern THROW = Pattern.compile("(?<![\\w$.])throw ");

    private final Set<String> taken = new HashSet<>();

    /** The last number behind each wanted id: a long workflow has thousands of equal ones. */
    private final Map<String, Integer> last = new HashMap<>();

    private final Map<Integer, String> ofSteps = new HashMap<>();

    Ids(StepGraph graph, Set<String> reserved) {
        taken.addAll(reserved);
        Map<String, Integer> counts = new HashMap<>();
        for (Step step : graph.steps()) {
            List<String> meanings = meanings(step, graph);
            String first = meanings.get(0);
            int earlier = counts.getOrDefault(first, 0);
            ofSteps.put(step.number(), unique(earlier == 0 ? first : first + "_" + (earlier + 1)));
            meanings.stream().distinct().forEach(meaning -> counts.merge(meaning, 1, Integer::sum));
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

    private static List<String> meanings(Step step, StepGraph graph) {
        Action action = step.action();
        if (action instanceof Action.Code code) {
            return code.effects().isEmpty() || code.kind() == StepKind.PROCESS ? process(code) : List.of(effect(code));
        }
        return List.of(meaning(action, graph));
    }

    private static String meaning(Action action, StepGraph graph) {
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

    private static String effect(Action.Code code) {
        String name = dominant(code).name().replace(".*", "").replace('.', '_');
        return code.kind().name().toLowerCase(Locale.ROOT) + "_" + slug(name);
    }

    /** What pure code does: the failure it ends with, what it sets, the result it gives, its lines. */
    private static List<String> process(Action.Code code) {
        List<String> meanings = new ArrayList<>();
        if (code.text().startsWith("throw ")) {
            meanings.add(failure(code.text()));
        }
        code.sets().forEach(name -> meanings.add("process_" + slug(name)));
        if (code.returns()) {
            meanings.add("process_result");
        }
        code.original().lines().forEach(line -> meanings.add("process_" + slug(line)));
        THROW.matcher(code.text())
                .results()
                .forEach(found -> meanings.add(failure(code.text().substring(found.start()))));
        ASSIGNED.matcher(code.text()).results().forEach(found -> meanings.add("process_" + slug(found.group(1))));
        if (meanings.isEmpty() || OF_COMPILER.matcher(code.text()).find()) {
            meanings.add("process_way");
        }
        return meanings;
    }

    private static String failure(String text) {
        return slug(Wording.failure(text)).replaceFirst("^Fail", "fail");
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
