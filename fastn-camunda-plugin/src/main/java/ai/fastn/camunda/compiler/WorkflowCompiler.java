package ai.fastn.camunda.compiler;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Analyzer;
import ai.fastn.camunda.compiler.emit.Emitter;
import ai.fastn.camunda.compiler.layout.Layout;
import ai.fastn.camunda.compiler.parse.Parsed;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.ScriptParser;
import ai.fastn.camunda.compiler.slice.Slicer;
import ai.fastn.camunda.compiler.slice.StepGraph;
import ai.fastn.camunda.compiler.slice.StepListing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** Compiles a workflow function to BPMN: parse, analyze, slice, emit, layout. One per application, thread-safe. */
public final class WorkflowCompiler implements AutoCloseable {

    /** Deeply nested code is walked recursively. */
    private static final long STACK_BYTES = 128L * 1024 * 1024;

    private final ScriptParser parser = new ScriptParser();

    /** The process of a workflow, or the mistakes in its source. */
    public Compilation compile(CompilerInput input) {
        Parsed parsed = parser.parse(input.source());
        if (parsed instanceof Parsed.Rejected rejected) {
            return new Compilation.Rejected(rejected.diagnostics());
        }
        Script script = ((Parsed.Accepted) parsed).script();
        return onDeepStack(() -> compile(script, input));
    }

    /** Makes the parser ready, so that the first workflow does not wait for it. */
    public void warm() {
        parser.warm();
    }

    private static Compilation compile(Script script, CompilerInput input) {
        AnalyzedScript analyzed = new Analyzer().analyze(script, input.catalog());
        if (!analyzed.diagnostics().isEmpty()) {
            return new Compilation.Rejected(analyzed.diagnostics());
        }
        StepGraph graph = new Slicer().slice(analyzed, input.configuration().tier());
        BpmnModelInstance model =
                new Emitter().emit(graph, input.source(), input.slug(), input.version(), input.configuration());
        Layout.addDiagram(model);
        return new Compilation.Compiled(Bpmn.convertToString(model), StepListing.of(graph));
    }

    private static Compilation onDeepStack(Supplier<Compilation> work) {
        CompletableFuture<Compilation> result = new CompletableFuture<>();
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
