package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.bench.generate.ProgramGenerator;
import ai.fastn.camunda.bench.generate.Shrinker;
import ai.fastn.camunda.bench.generate.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Programs that nobody wrote do as a process what they do as a function; one of twenty runs in a real engine too.
 * {@code -Dseed=} is the number of the first one, {@code -Dminutes=} the time to go on in, of which the fuzz of sources
 * gets a quarter; without it there are 400.
 */
class GeneratedProgramsTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("minutes", 0) * 45);
    private static final int PROGRAMS = Integer.getInteger("programs", 400);
    private static final int EVERY = 20;
    private static final int WORKERS = 2;
    private static final int MOST_FAULTS = 5;
    private static final Duration SHRINKING = Duration.ofSeconds(60);

    private final AtomicLong next = new AtomicLong(FIRST);
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final Instant end = Instant.now().plus(TIME);

    @Test
    void everyProgramDoesAsAProcessWhatItDoesAsAFunction() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        List<Future<Long>> work =
                Stream.generate(() -> workers.submit(this::work)).limit(WORKERS).toList();
        long count = 0;
        for (Future<Long> part : work) {
            count += part.get();
        }
        workers.shutdown();
        int inEngine = faults.isEmpty() ? sampleInEngine(count) : 0;
        System.out.printf(
                "generated: %d programs from seed %d on, %d of them in the engine, %d faults%n",
                count, FIRST, inEngine, faults.size());
        assertThat(String.join("\n", faults)).isEmpty();
        assertThat(count).isPositive();
    }

    private long work() {
        long count = 0;
        try (GeneratedTrial trial = new GeneratedTrial()) {
            for (long seed = next.getAndIncrement(); goesOn(seed); seed = next.getAndIncrement()) {
                check(trial, seed);
                count++;
            }
        }
        return count;
    }

    private int sampleInEngine(long count) {
        int done = 0;
        try (EngineTrial trial = new EngineTrial()) {
            for (long seed = FIRST; seed < FIRST + count; seed += EVERY) {
                String program = ProgramGenerator.program(seed).text();
                String title = "seed " + seed + " in the engine\n" + program;
                trial.fault(program, ProgramGenerator.INPUT)
                        .ifPresent(fault -> faults.add(
                                title + "\n--- expected\n" + fault.expected() + "\n--- actual\n" + fault.actual()));
                done++;
            }
        }
        return done;
    }

    private boolean goesOn(long seed) {
        boolean wanted = TIME.isZero() ? seed < FIRST + PROGRAMS : Instant.now().isBefore(end);
        return wanted && faults.size() < MOST_FAULTS;
    }

    private void check(GeneratedTrial trial, long seed) {
        Tree program = ProgramGenerator.program(seed);
        trial.fault(program.text(), ProgramGenerator.INPUT, seed)
                .ifPresent(fault -> faults.add(report(trial, seed, program, fault)));
    }

    private static String report(GeneratedTrial trial, long seed, Tree program, GeneratedTrial.Fault fault) {
        Tree smallest = Shrinker.smallest(
                program, smaller -> trial.shows(fault, smaller.text(), ProgramGenerator.INPUT), SHRINKING);
        GeneratedTrial.Fault shown =
                trial.sameFault(fault, smallest.text(), ProgramGenerator.INPUT).orElse(fault);
        return "seed %d, %s, %s%s%n%s%n--- expected%n%s%n--- actual%n%s%n"
                .formatted(
                        seed,
                        shown.kind(),
                        shown.mode(),
                        shown.crashes() ? ", killed" : "",
                        smallest.text(),
                        shown.expected(),
                        shown.actual());
    }
}
