package ai.fastn.camunda.compiler.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;
import org.jspecify.annotations.Nullable;

/**
 * One sandboxed JavaScript context that holds the parser, made at its first use. It has a thread of its own: contexts
 * serve one thread at a time, and a parser that descends recursively needs more stack than a caller's thread has.
 */
final class ParserContext implements AutoCloseable {

    private static final String BUNDLE = "/ai/fastn/camunda/js/parser.js";

    /**
     * Enough for {@link ScriptParser#MAX_DEPTH} levels of anything; with more, giving up on deeper texts takes longer.
     */
    private static final long STACK_BYTES = 96L << 20;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(ParserContext::deepThread);
    private @Nullable Context context;

    private static Thread deepThread(Runnable work) {
        Thread thread = new Thread(null, work, "fastn-parser", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs work on the thread that has the stack for it. */
    <T> T onThread(Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the parser was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("bug: the parser failed", e.getCause());
        }
    }

    /** Calls a function of the bundle; empty when the stack did not suffice. Only on the parser's thread. */
    Optional<String> call(String function, Object... arguments) {
        try {
            return Optional.of(open().getBindings("js")
                    .getMember(function)
                    .execute(arguments)
                    .asString());
        } catch (PolyglotException e) {
            if (isStackOverflow(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static boolean isStackOverflow(PolyglotException e) {
        return e.isResourceExhausted() || String.valueOf(e.getMessage()).startsWith("RangeError");
    }

    /** Lets GraalJS itself parse a module; only on the parser's thread. */
    @Nullable PolyglotException refusalOf(String javaScript) {
        Source source = Source.newBuilder("js", javaScript, "workflow.mjs")
                .mimeType("application/javascript+module")
                .cached(false)
                .buildLiteral();
        try {
            open().parse(source);
            return null;
        } catch (PolyglotException e) {
            return e;
        }
    }

    private Context open() {
        Context open = context;
        if (open == null) {
            open = sandbox();
            open.eval(bundle());
            context = open;
        }
        return open;
    }

    private static Context sandbox() {
        // interpreted on a stock JDK, which is no news
        System.getProperties().putIfAbsent("polyglotimpl.AttachLibraryFailureAction", "ignore");
        Engine engine = Engine.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        return Context.newBuilder("js")
                .engine(engine)
                .allowAllAccess(false)
                .allowHostAccess(HostAccess.NONE)
                .allowIO(IOAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowExperimentalOptions(true)
                .option("js.strict", "true")
                .option("js.allow-eval", "false")
                .option("js.annex-b", "false")
                .build();
    }

    private static Source bundle() {
        try (InputStream stream = ParserContext.class.getResourceAsStream(BUNDLE)) {
            if (stream == null) {
                throw new IllegalStateException("bug: the jar lacks " + BUNDLE);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Source.newBuilder("js", text, "parser.js").internal(true).buildLiteral();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        thread.execute(() -> {
            if (context != null) {
                context.getEngine().close(true);
            }
        });
        thread.shutdown();
    }
}
