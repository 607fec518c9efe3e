package ai.fastn.camunda.compiler;

import ai.fastn.camunda.bpmn.BpmnReader;
import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Analyzer;
import ai.fastn.camunda.compiler.emit.Emitter;
import ai.fastn.camunda.compiler.layout.Layout;
import ai.fastn.camunda.compiler.layout.Orientation;
import ai.fastn.camunda.compiler.parse.Parsed;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.ScriptParser;
import ai.fastn.camunda.compiler.slice.Slicer;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.compiler.slice.StepListing;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.workflow.Tier;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** Compiles a workflow function to BPMN: parse, analyze, slice, emit, layout. One per application, thread-safe. */
public final class WorkflowCompiler implements AutoCloseable {

    /** Deeply nested code is walked recursively. */
    private static final long STACK_BYTES = 128L * 1024 * 1024;

    /** About 32 MB: a few of the longest workflows, or thousands of ordinary ones. */
    private static final long CACHED_CHARACTERS = 16_000_000;

    private final ScriptParser parser = new ScriptParser();
    private final CompilationCache cache = new CompilationCache(CACHED_CHARACTERS);

    /** The process of a workflow, or the mistakes in its source; what is unchanged is not compiled twice. */
    public Compilation compile(CompilerInput input) {
        CompilerInput first = input.withVersion(Math.min(input.version(), 1));
        Compilation compilation = cache.get(CompilationKey.of(first), () -> compileNow(first));
        return compilation instanceof Compilation.Compiled compiled
                ? new Compilation.Compiled(
                        Emitter.withVersion(compiled.bpmn(), first.version(), input.version()), compiled.steps())
                : compilation;
    }

    private Compilation compileNow(CompilerInput input) {
        Parsed parsed = parser.parse(input.source());
        if (parsed instanceof Parsed.Rejected rejected) {
            return onDeepStack(() -> withMore(rejected, input));
        }
        Script script = ((Parsed.Accepted) parsed).script();
        return onDeepStack(() -> compile(script, input));
    }

    /**
     * The same process with its diagram from top to bottom, as a narrow panel shows it.
     *
     * @param bpmn a process this compiler made, with any diagram
     */
    public static String drawnTall(String bpmn) {
        return onDeepStack(() -> {
            BpmnModelInstance model = BpmnReader.read(bpmn);
            Layout.addDiagram(model, Orientation.TOP_TO_BOTTOM);
            return Bpmn.convertToString(model);
        });
    }

    /** Makes parser and drawing ready, both at once, so that the first workflow does not wait for them. */
    public void warm() {
        Thread drawing = new Thread(WorkflowCompiler::drawNothing, "fastn-compiler-warm-up");
        drawing.setDaemon(true);
        drawing.start();
        parser.warm();
    }

    private static void drawNothing() {
        BpmnModelInstance model = Emitter.empty();
        Layout.addDiagram(model);
        Bpmn.convertToString(model);
    }

    /** The mistakes the parser found, and those that show in what could be read. */
    private static Compilation withMore(Parsed.Rejected rejected, CompilerInput input) {
        Stream<Diagnostic> more =
                rejected.script().stream().flatMap(script -> new Analyzer().mistakes(script, input.catalog()).stream());
        return new Compilation.Rejected(Stream.concat(rejected.diagnostics().stream(), more)
                .sorted(Comparator.comparingInt(diagnostic -> diagnostic.span().start()))
                .toList());
    }

    private static Compilation compile(Script script, CompilerInput input) {
        AnalyzedScript analyzed = new Analyzer().analyze(script, input.catalog());
        if (!analyzed.diagnostics().isEmpty()) {
            return new Compilation.Rejected(analyzed.diagnostics());
        }
        Tier tier = input.configuration().tier();
        List<Diagnostic> misplaced = TierCheck.mistakes(analyzed, tier);
        if (!misplaced.isEmpty()) {
            return new Compilation.Rejected(misplaced);
        }
        StepGraph graph = new Slicer().slice(analyzed, tier);
        BpmnModelInstance model = new Emitter()
                .emit(
                        graph,
                        input.source(),
                        input.slug(),
                        input.version(),
                        input.configuration(),
                        analyzed.connectors(),
                        analyzed.handles());
        Layout.addDiagram(model);
        return new Compilation.Compiled(Bpmn.convertToString(model), StepListing.of(graph));
    }

    private static <T> T onDeepStack(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.complete(work.get());
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "fastn-compiler",
                STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
