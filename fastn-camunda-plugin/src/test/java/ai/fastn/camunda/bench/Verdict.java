package ai.fastn.camunda.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is known of one file of a foreign corpus.
 *
 * @param details fills in what belongs to its kind: the difference, the diagnostics or the exception
 */
record Verdict(String file, Kind kind, Anatomy anatomy, Runs runs, long millis, Consumer<ObjectNode> details) {

    /** How it went. */
    enum Kind {
        /** Every run did what the plain function does. */
        EQUAL,
        /** A run did something else. */
        DIFFERENT,
        /** The compiler found mistakes in it. */
        REJECTED,
        /** Compiler, runtime or bench failed, or there was no end. */
        CRASHED
    }

    /**
     * How often it was run.
     *
     * @param calm runs without a crash
     * @param crashed runs with one
     * @param points where a run can crash; not all are tried when there are too many
     */
    record Runs(int calm, int crashed, int points) {
        static final Runs NONE = new Runs(0, 0, 0);
    }

    /** @param engineFault the first difference in which the process was right and the plain function was not */
    static Verdict equal(String file, Anatomy anatomy, Runs runs, long millis, Optional<Difference> engineFault) {
        return new Verdict(
                file,
                Kind.EQUAL,
                anatomy,
                runs,
                millis,
                line -> engineFault.ifPresent(fault -> describe(line.put("engineFault", true), fault)));
    }

    static Verdict different(String file, Anatomy anatomy, Runs runs, long millis, Difference difference) {
        return new Verdict(file, Kind.DIFFERENT, anatomy, runs, millis, line -> describe(line, difference));
    }

    private static void describe(ObjectNode line, Difference difference) {
        Difference shown = difference.shortened();
        line.putObject("difference")
                .put("mode", shown.mode())
                .put("part", shown.part())
                .put("expected", shown.expected())
                .put("actual", shown.actual());
    }

    static Verdict rejected(String file, List<String> diagnostics, long millis) {
        return new Verdict(file, Kind.REJECTED, Anatomy.NONE, Runs.NONE, millis, line -> {
            diagnostics.forEach(line.putArray("diagnostics")::add);
        });
    }

    static Verdict crashed(String file, Anatomy anatomy, Runs runs, long millis, String exception) {
        return new Verdict(file, Kind.CRASHED, anatomy, runs, millis, line -> line.put("exception", exception));
    }

    /** One line of JSON. */
    ObjectNode json() {
        ObjectNode line = Replies.JSON
                .createObjectNode()
                .put("file", file)
                .put("verdict", kind.name().toLowerCase(Locale.ROOT))
                .put("effects", anatomy.effects())
                .put("ownNodes", anatomy.ownNodes())
                .put("steps", anatomy.steps());
        anatomy.fusedBecause().forEach(line.putArray("fusedBecause")::add);
        line.put("runs", runs.calm()).put("crashes", runs.crashed()).put("crashPoints", runs.points());
        line.put("millis", millis);
        details.accept(line);
        return line;
    }
}
