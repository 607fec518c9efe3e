package ai.fastn.camunda.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.bench.Fixture;
import ai.fastn.camunda.compiler.bench.TestProgram;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticText;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the text, the compiler gives a process or says what is wrong with it, in time. {@code -Dseed=} chooses the
 * texts, {@code -Dminutes=} four times the time to go on in; without it there are 2,000.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class SourceFuzzTest {

    private static final List<Path> PROGRAMS =
            List.of(Path.of("src/test/resources/programs"), Path.of("src/test/resources/bench/programs"));
    private static final Path REJECTED = Path.of("src/test/resources/fixtures/rejected");
    private static final long FIRST = Long.getLong("seed", 1);
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("minutes", 0) * 15);
    private static final int INPUTS = Integer.getInteger("inputs", 2_000);
    private static final int SHARES = 2;
    private static final long MOST_SECONDS = 30;

    /** Characters; longer texts take longer and show nothing more. */
    private static final int LONGEST = 1_500;

    private final List<String> sources = sources();
    private final ExecutorService patience = Executors.newCachedThreadPool();
    private final AtomicInteger compiled = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();

    static IntStream shares() {
        return IntStream.range(0, SHARES);
    }

    @AfterAll
    void close() {
        patience.shutdownNow();
        System.out.printf(
                "fuzz: %d texts from seed %d on, %d of them compiled%n",
                compiled.get() + rejected.get(), FIRST, compiled.get());
    }

    @ParameterizedTest(name = "share {0}")
    @MethodSource("shares")
    void everyTextGivesAProcessOrSaysWhatIsWrong(int share) {
        Instant end = Instant.now().plus(TIME);
        try (WorkflowCompiler compiler = new WorkflowCompiler()) {
            compiler.warm();
            for (long seed = FIRST + share; goesOn(seed, end); seed += SHARES) {
                String text = new Mutation(seed, sources).next();
                check(compiler, "seed " + seed, new SourceText(seed % 8 < 6 ? "program.js" : "program.ts", text));
            }
        }
    }

    private static boolean goesOn(long seed, Instant end) {
        return TIME.isZero() ? seed < FIRST + INPUTS : Instant.now().isBefore(end);
    }

    private void check(WorkflowCompiler compiler, String title, SourceText source) {
        CompilerInput input = new CompilerInput(
                source, WorkflowSlug.of("program"), 1, WorkflowConfiguration.named("Program"), Catalogs.TEST);
        Compilation compilation = inTime(title, source, () -> compiler.compile(input));
        if (compilation instanceof Compilation.Rejected said) {
            rejected.incrementAndGet();
            requireGood(title, source, said.diagnostics());
        } else {
            compiled.incrementAndGet();
        }
    }

    private Compilation inTime(String title, SourceText source, java.util.concurrent.Callable<Compilation> work) {
        Future<Compilation> result = patience.submit(work);
        try {
            return result.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new AssertionError(title + " is not compiled after " + MOST_SECONDS + " s:\n" + shown(source), e);
        } catch (ExecutionException e) {
            throw new AssertionError(title + " breaks the compiler:\n" + shown(source), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String shown(SourceText source) {
        String text = source.text();
        return text.length() <= 6_000
                ? text
                : text.substring(0, 3_000) + "\n...\n" + text.substring(text.length() - 3_000);
    }

    private static void requireGood(String title, SourceText source, List<Diagnostic> diagnostics) {
        assertThat(diagnostics).as(title).isNotEmpty();
        for (Diagnostic diagnostic : diagnostics) {
            assertThat(diagnostic.message()).as(title).isNotBlank();
            assertThat(diagnostic.span().start())
                    .as(title)
                    .isBetween(0, source.text().length());
            assertThat(diagnostic.span().end())
                    .as(title)
                    .isBetween(diagnostic.span().start(), source.text().length());
        }
        assertThat(new DiagnosticText(source).of(diagnostics)).as(title).isNotBlank();
    }

    private static List<String> sources() {
        List<String> all = new ArrayList<>();
        for (Path folder : PROGRAMS) {
            for (Path file : files(folder)) {
                TestProgram.parse(read(file)).forEach(program -> all.add(program.source()));
            }
        }
        Fixture.all().forEach(fixture -> all.add(fixture.source().text()));
        files(REJECTED).stream()
                .filter(file -> file.toString().matches(".*\\.(js|ts)"))
                .forEach(file -> all.add(read(file)));
        return all.stream().filter(text -> text.length() <= LONGEST).toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
