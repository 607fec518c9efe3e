package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Tries whether a program without types does as a process what it does as a function, and says where it does not. */
final class GeneratedTrial implements AutoCloseable {

    private static final List<Mode> CALM = List.of(Mode.LIVE, Mode.FRAME, Mode.EVERY_EFFECT, Mode.PATH);
    private static final int ALWAYS = 2;
    private static final List<Mode> CRASHING = List.of(Mode.BURST, Mode.FRAME, Mode.FRAME.attempts(3));
    private static final int MOST_CRASHES = 60;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final WorkflowCompiler compiler = new WorkflowCompiler();
    private final Bench bench = new Bench(Catalogs.TEST);

    /**
     * What is wrong with a program.
     *
     * @param kind what a smaller program must have in common with it
     * @param mode how the process ran
     * @param crashes whether it was killed
     */
    record Fault(String kind, Mode mode, boolean crashes, String expected, String actual) {}

    /** The fault of a program; the seed chooses one of the rarer modes and where it is killed. */
    Optional<Fault> fault(String source, String inputJson, long seed) {
        return guarded(Mode.LIVE, false, source, inputJson, subject -> {
            Comparison comparison = new Comparison(subject, LIMIT);
            Random random = new Random(seed);
            List<Mode> modes = new ArrayList<>(CALM.subList(0, ALWAYS));
            modes.add(CALM.get(ALWAYS + random.nextInt(CALM.size() - ALWAYS)));
            for (Mode mode : modes) {
                Optional<Fault> fault = calm(subject, mode, comparison);
                if (fault.isPresent()) {
                    return fault;
                }
            }
            return crashed(subject, CRASHING.get(random.nextInt(CRASHING.size())), 2, random, comparison);
        });
    }

    /** Whether a program has the same fault as another. */
    boolean shows(Fault fault, String source, String inputJson) {
        return sameFault(fault, source, inputJson).isPresent();
    }

    /** The fault of a program where it is of the same kind as another's. */
    Optional<Fault> sameFault(Fault fault, String source, String inputJson) {
        return guarded(fault.mode(), fault.crashes(), source, inputJson, subject -> {
                    Comparison comparison = new Comparison(subject, LIMIT);
                    return fault.crashes()
                            ? crashed(subject, fault.mode(), MOST_CRASHES, new Random(0), comparison)
                            : calm(subject, fault.mode(), comparison);
                })
                .filter(found -> found.kind().equals(fault.kind()) && found.crashes() == fault.crashes());
    }

    /** A way to try a compiled program. */
    private interface Attempt {
        Optional<Fault> on(Subject subject);
    }

    private Optional<Fault> guarded(Mode mode, boolean crashes, String source, String inputJson, Attempt attempt) {
        try {
            Compilation compilation = compiler.compile(input(source));
            if (!(compilation instanceof Compilation.Compiled compiled)) {
                return Optional.of(new Fault("rejected", mode, crashes, "a process", compilation.toString()));
            }
            return attempt.on(new Subject("generated", source, BenchProcess.read(compiled.bpmn()), inputJson, "{}"));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(new Fault(e.getClass().getName(), mode, crashes, "no exception", stack(e)));
        }
    }

    private static String stack(Throwable e) {
        return e + "\n"
                + String.join(
                        "\n",
                        java.util.Arrays.stream(e.getStackTrace())
                                .limit(8)
                                .map(Object::toString)
                                .toList());
    }

    static CompilerInput input(String source) {
        return new CompilerInput(
                new SourceText("program.js", source),
                WorkflowSlug.of("program"),
                1,
                WorkflowConfiguration.named("Program"),
                Catalogs.TEST);
    }

    private Optional<Fault> calm(Subject subject, Mode mode, Comparison comparison) {
        return compared(mode, bench.run(subject, mode, CrashPlan.none()), comparison);
    }

    private Optional<Fault> crashed(Subject subject, Mode mode, int most, Random random, Comparison comparison) {
        Bench.Finished calm = bench.run(subject, mode, CrashPlan.none());
        Optional<Fault> fault = compared(mode, calm, comparison);
        List<Integer> points = new ArrayList<>(
                IntStream.range(0, calm.crashes().passed()).boxed().toList());
        java.util.Collections.shuffle(points, random);
        for (int point : points.subList(0, Math.min(most, points.size()))) {
            fault = fault.or(() -> compared(mode, bench.run(subject, mode, new CrashPlan(point)), comparison)
                    .map(found -> new Fault(found.kind(), mode, true, found.expected(), found.actual())));
        }
        return fault;
    }

    private static Optional<Fault> compared(Mode mode, Bench.Finished finished, Comparison comparison) {
        return comparison.of(mode.name(), finished).map(found -> {
            boolean unknownName = found.expected().contains("is not defined");
            String kind = unknownName ? "different, unknown name" : "different " + found.part();
            return new Fault(kind, mode, false, found.expected(), found.actual());
        });
    }

    @Override
    public void close() {
        compiler.close();
        bench.close();
    }
}
