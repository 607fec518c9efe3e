package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Branch;
import ai.fastn.camunda.compiler.slice.Deed;
import ai.fastn.camunda.compiler.slice.Mention;
import ai.fastn.camunda.compiler.slice.Step;
import ai.fastn.camunda.compiler.slice.StepGraph;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives every element an id made of what it means. What the author wrote is called after its own text and counted with
 * what means the same in the source; what only the compiler needs is called after the step it belongs to. So nothing
 * that is added elsewhere, or laid together otherwise, moves an id.
 */
final class Ids {

    private static final int LONGEST = 48;
    private static final int LONGEST_END = 20;

    private final StepGraph graph;
    private final Forks forks;
    private final Tries tries;
    private final Occurrences occurrences = new Occurrences();
    private final Set<String> taken = new HashSet<>();

    /** The last number behind each wanted id: a long workflow has thousands of equal ones. */
    private final Map<String, Integer> last = new HashMap<>();

    private final Map<Integer, String> ofSteps = new HashMap<>();

    Ids(StepGraph graph, Tries tries, Set<String> reserved) {
        this.graph = graph;
        this.forks = new Forks(graph);
        this.tries = tries;
        taken.addAll(reserved);
        graph.mentions().forEach(mention -> occurrences.add(slug(mention.meaning()), mention.place()));
        graph.loops().forEach((head, loop) -> occurrences.addWaysInto(slug(loop.meaning()), loop.place(), head));
        graph.steps().forEach(this::count);
        graph.steps().forEach(step -> of(step.number()));
    }

    String of(Step step) {
        return of(step.number());
    }

    String of(int step) {
        String known = ofSteps.get(step);
        if (known != null) {
            return known;
        }
        String id = unique(wanted(graph.step(step)));
        ofSteps.put(step, id);
        return id;
    }

    /**
     * The id of the gateway where the ways to a step meet: a loop is called after the question that it asks, other ways
     * after the question or the try at which they parted. What stands behind the gateway can change without moving it.
     */
    String join(Step step) {
        Mention loop = graph.loops().get(step.number());
        return unique("join_"
                + (loop == null
                        ? of(forks.before(step.number()).orElse(step.number()))
                        : occurrences.idOfWaysInto(slug(loop.meaning()), loop.place(), step.number())));
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

    private void count(Step step) {
        if (step.action() instanceof Action.Code code) {
            code.deeds().stream()
                    .filter(deed -> !deed.meaning().isEmpty())
                    .forEach(deed -> occurrences.add(slug(deed.meaning()), deed.place(), deed.order()));
        } else {
            meaning(step).ifPresent(meaning -> occurrences.add(meaning, step.source(), step.number()));
        }
    }

    private String wanted(Step step) {
        if (step.action() instanceof Action.Code code) {
            return deed(code).map(this::id).orElseGet(() -> after(step));
        }
        return meaning(step)
                .map(meaning -> occurrences.id(meaning, step.source(), step.number()))
                .orElseGet(() -> after(step));
    }

    private static Optional<Deed> deed(Action.Code code) {
        return code.main()
                .or(() -> code.deeds().stream()
                        .filter(deed -> !deed.meaning().isEmpty())
                        .findFirst())
                .filter(deed -> !deed.meaning().isEmpty());
    }

    /** What a step means that the author wrote. */
    private Optional<String> meaning(Step step) {
        Action action = step.action();
        if (action instanceof Action.Decision decision && step.source().isPresent()) {
            return Optional.of(slug("decision " + decision.question()));
        }
        if (action instanceof Action.Sleep sleep) {
            return Optional.of(slug("wait " + sleep.expression()));
        }
        if (action instanceof Action.Attempt attempt) {
            return Optional.of(slug(attempt.meaning()));
        }
        return action instanceof Action.Done done && !done.outcome().isEmpty()
                ? Optional.of(slug("done " + done.outcome()))
                : Optional.empty();
    }

    /** What a step is called that has no words of its own. */
    private String after(Step step) {
        Action action = step.action();
        if (action instanceof Action.Decision decision && decision.ended().isPresent()) {
            return ofTry(decision.ended().getAsInt()) + "_ended";
        }
        if (action instanceof Action.Leave leave) {
            return ofTry(step.region()) + "_" + slug(leave.name()).toLowerCase(Locale.ROOT);
        }
        Optional<Step> before =
                forks.before(step.number()).stream().mapToObj(graph::step).findFirst();
        if (action instanceof Action.Done) {
            return before.flatMap(Ids::result)
                    .map(deed -> id(deed).replaceFirst("^result", "done"))
                    .orElse("done_end");
        }
        return before.map(earlier -> behind(earlier) + "_" + role(earlier, step))
                .orElse("begin");
    }

    private static Optional<Deed> result(Step before) {
        return before.action() instanceof Action.Code code && code.returns()
                ? lastDeed(code).filter(deed -> deed.meaning().startsWith("result "))
                : Optional.empty();
    }

    /** The id that what a step does last would have alone: what else is laid together with it does not count. */
    private String behind(Step step) {
        return step.action() instanceof Action.Code code
                ? lastDeed(code).map(this::id).orElseGet(() -> of(step))
                : of(step);
    }

    private static Optional<Deed> lastDeed(Action.Code code) {
        return code.deeds().stream().filter(deed -> !deed.meaning().isEmpty()).reduce((earlier, later) -> later);
    }

    private String id(Deed deed) {
        return occurrences.id(slug(deed.meaning()), deed.place(), deed.order());
    }

    private static String role(Step before, Step step) {
        if (step.action() instanceof Action.Fail) {
            return "end";
        }
        return step.action() instanceof Action.Decision ? "finished" : way(before, step);
    }

    /** The way by which a step is reached: {@code yes}, {@code caught}. */
    private static String way(Step before, Step step) {
        String label = before.branches().stream()
                .filter(branch -> branch.target() == step.number())
                .map(Branch::label)
                .findFirst()
                .orElse("");
        if (before.action() instanceof Action.Attempt attempt) {
            return step.region() == attempt.region() ? "first" : label.equals("error") ? "caught" : "then";
        }
        return label.isEmpty() ? "then" : slug(label);
    }

    private String ofTry(int region) {
        return tries.stepOf(region).map(this::of).orElse("end");
    }

    private static String slug(String text) {
        String compared = text.replace(" >= ", " ge ")
                .replace(" ≥ ", " ge ")
                .replace(" <= ", " le ")
                .replace(" ≤ ", " le ")
                .replace(" > ", " gt ")
                .replace(" < ", " lt ");
        String ascii = Normalizer.normalize(compared, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        String words = ascii.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return words.isEmpty() ? "step" : words.length() <= LONGEST ? words : withoutMiddle(words);
    }

    /** Beginning and end of a long text: what differs from another one is mostly at the end. */
    private static String withoutMiddle(String words) {
        String begin = words.substring(0, LONGEST - LONGEST_END).replaceAll("_[^_]*$", "");
        String end = words.substring(words.length() - LONGEST_END).replaceAll("^[^_]*_", "");
        return begin + "_" + end;
    }
}
