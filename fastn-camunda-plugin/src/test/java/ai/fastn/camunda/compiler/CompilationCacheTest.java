package ai.fastn.camunda.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.bench.LongSource;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.host.OwnThread;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An unchanged text is compiled once; whatever changes the process changes the key. */
class CompilationCacheTest {

    private static final Compilation SMALL = new Compilation.Compiled("process", "steps");
    private static final CompilationKey ONE = new CompilationKey("one");

    private final AtomicInteger compiled = new AtomicInteger();
    private final CompilationCache cache = new CompilationCache(20);

    @Test
    void anUnchangedTextIsNotCompiledTwice() {
        assertThat(cache.get(ONE, counted(SMALL))).isSameAs(cache.get(ONE, counted(SMALL)));
        assertThat(compiled).hasValue(1);
    }

    @Test
    void theSumOfCharactersIsBoundedAndTheLeastRecentlyUsedGoesFirst() {
        cache.get(ONE, counted(SMALL));
        cache.get(new CompilationKey("two"), counted(SMALL));
        cache.get(new CompilationKey("two"), counted(SMALL));
        cache.get(ONE, counted(SMALL));
        assertThat(compiled).hasValue(3);
    }

    @Test
    void whatIsLargerThanTheWholeCacheIsNotKept() {
        Compilation large = new Compilation.Compiled("process ".repeat(10), "");
        cache.get(ONE, counted(large));
        cache.get(ONE, counted(large));
        assertThat(compiled).hasValue(2);
    }

    @Test
    void aFailureIsNotKept() {
        assertThatThrownBy(() -> cache.get(ONE, () -> {
                    throw new IllegalStateException("once");
                }))
                .hasMessage("once");
        assertThat(cache.get(ONE, counted(SMALL))).isSameAs(SMALL);
    }

    @Test
    void whoAsksForWhatIsJustBeingCompiledWaitsForIt() {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Compilation> finish = new CompletableFuture<>();
        CompletableFuture<Compilation> first = OwnThread.call(() -> cache.get(ONE, () -> {
            begun.countDown();
            return finish.join();
        }));
        CompletableFuture<Compilation> second = OwnThread.call(() -> {
            await(begun);
            return cache.get(ONE, counted(SMALL));
        });
        await(begun);
        finish.complete(SMALL);
        assertThat(first.join()).isSameAs(second.join());
        assertThat(compiled).hasValue(0);
    }

    @Test
    void theVersionIsTheOnlyThingThatDependsOnItsNumber() {
        try (WorkflowCompiler once = new WorkflowCompiler();
                WorkflowCompiler again = new WorkflowCompiler()) {
            once.compile(input(1));
            assertThat(once.compile(input(12))).isEqualTo(again.compile(input(12)));
            assertThat(once.compile(input(0))).isEqualTo(again.compile(input(0)));
        }
    }

    @Test
    void everythingElseIsPartOfTheKey() {
        CompilerInput input = input(3);
        CompilationKey key = CompilationKey.of(input);
        assertThat(CompilationKey.of(input(4))).isEqualTo(key);
        assertThat(CompilationKey.of(input(0))).isNotEqualTo(key);
        assertThat(CompilationKey.of(
                        changed(input, new SourceText("long.ts", input.source().text()))))
                .isNotEqualTo(key);
        assertThat(CompilationKey.of(
                        changed(input, new SourceText("long.js", input.source().text() + "\n"))))
                .isNotEqualTo(key);
        assertThat(CompilationKey.of(new CompilerInput(
                        input.source(), WorkflowSlug.of("other"), 3, input.configuration(), input.catalog())))
                .isNotEqualTo(key);
        assertThat(CompilationKey.of(new CompilerInput(
                        input.source(), input.slug(), 3, WorkflowConfiguration.named("Other"), input.catalog())))
                .isNotEqualTo(key);
        assertThat(CompilationKey.of(
                        new CompilerInput(input.source(), input.slug(), 3, input.configuration(), EffectCatalog.EMPTY)))
                .isNotEqualTo(key);
    }

    @Test
    void theOrderOfACatalogueSaysNothing() {
        Map<String, EffectCatalog.ConnectorEntry> turned = new LinkedHashMap<>();
        Catalogs.TEST.connectors().entrySet().stream()
                .sorted(Map.Entry.<String, EffectCatalog.ConnectorEntry>comparingByKey()
                        .reversed())
                .forEach(entry -> turned.put(entry.getKey(), entry.getValue()));
        CompilerInput input = input(1);
        assertThat(CompilationKey.of(new CompilerInput(
                        input.source(), input.slug(), 1, input.configuration(), new EffectCatalog(turned))))
                .isEqualTo(CompilationKey.of(input));
    }

    private static CompilerInput changed(CompilerInput input, SourceText source) {
        return new CompilerInput(source, input.slug(), input.version(), input.configuration(), input.catalog());
    }

    private static CompilerInput input(int version) {
        return new CompilerInput(
                LongSource.of(50, 1, false),
                WorkflowSlug.of("long"),
                version,
                WorkflowConfiguration.named("Long"),
                Catalogs.TEST);
    }

    private Supplier<Compilation> counted(Compilation result) {
        return () -> {
            compiled.incrementAndGet();
            return result;
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
