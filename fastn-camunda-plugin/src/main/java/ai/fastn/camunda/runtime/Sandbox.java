package ai.fastn.camunda.runtime;

import ai.fastn.camunda.runtime.ReadyContexts.Ready;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * The JavaScript engine of the application. Each execution gets a realm of its own that sees the language, the
 * functions of {@code boot.js}, and nothing else: no Java, files, network, processes, environment or threads. Only JSON
 * text crosses the border.
 */
final class Sandbox implements AutoCloseable {

    private static final int LONGEST_RANDOM = 65_536;
    private static final String[] ON = {"js.strict", "js.text-encoding"};
    private static final String[] OFF = {
        "js.allow-eval",
        "js.foreign-object-prototype",
        "js.load",
        "js.print",
        "js.console",
        "js.graal-builtin",
        "js.polyglot-builtin",
        "js.java-package-globals",
        "js.global-arguments",
        "js.shared-array-buffer",
        "js.atomics",
        "js.annex-b",
        "js.regexp-static-result"
    };

    private final Engine engine = engine();
    private final SecureRandom random = random();
    private final SourceCache sources;
    private final ReadyContexts ready = new ReadyContexts(this::makeReady);
    private final RuntimeLimits limits;

    Sandbox(RuntimeLimits limits) {
        this.limits = limits;
        this.sources = new SourceCache(limits.programs());
    }

    /** On a stock JDK guest code is interpreted; that is planned for and no reason to warn at each start. */
    private static Engine engine() {
        System.getProperties().putIfAbsent("polyglotimpl.AttachLibraryFailureAction", "ignore");
        return Engine.newBuilder("js")
                .allowExperimentalOptions(true)
                .option("engine.WarnInterpreterOnly", "false")
                .build();
    }

    /** A generator that reads no file while guest code waits for it. */
    private static SecureRandom random() {
        try {
            SecureRandom drbg = SecureRandom.getInstance("DRBG");
            drbg.nextInt();
            return drbg;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: this Java has no DRBG", e);
        }
    }

    /** The world of one run, in a context that no author code has seen; one of those kept ready where there is one. */
    Realm realm(Program program) {
        Ready kept = ready.take();
        Context context = kept == null ? newContext() : kept.context();
        ProgramSource source = sources.program(program);
        return new Realm(
                context, source, () -> boot(context, kept == null ? bootScript(context) : kept.host(), source));
    }

    /** The first mistake in the grammar of a program; no code of it runs. */
    Optional<String> mistake(Program program) {
        ProgramSource source = new ProgramSource(program);
        try (Context context = newContext()) {
            context.parse(source.source());
            return Optional.empty();
        } catch (PolyglotException e) {
            SourceSection place = e.getSourceLocation();
            int line = place == null
                    ? 1
                    : source.place("", place.getStartLine(), place.getStartColumn())
                            .line();
            return Optional.of("line " + line + ": " + firstLine(e.getMessage()));
        }
    }

    /** GraalJS says what is wrong, and in the next lines shows where in the text that we made. */
    private static String firstLine(@Nullable String message) {
        String first = String.valueOf(message).lines().findFirst().orElse("it can not be read");
        return first.replaceFirst("^SyntaxError: (?:\\S+:\\d+:\\d+ )?", "");
    }

    private Ready makeReady() {
        Context context = newContext();
        return new Ready(context, bootScript(context));
    }

    private Context newContext() {
        Context.Builder builder = Context.newBuilder("js")
                .engine(engine)
                .allowExperimentalOptions(true)
                .allowAllAccess(false)
                .allowHostAccess(HostAccess.NONE)
                .allowIO(IOAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowNativeAccess(false)
                .allowCreateThread(false)
                .allowCreateProcess(false)
                .allowHostClassLookup(name -> false)
                .allowHostClassLoading(false)
                .allowValueSharing(false)
                .in(InputStream.nullInputStream())
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .option("js.ecmascript-version", "latest")
                .option("js.timezone", "UTC")
                .option("js.locale", "en")
                .option("js.string-length-limit", "20000000")
                .option("js.max-typed-array-length", "16777216")
                .option("sandbox.MaxStackFrames", String.valueOf(limits.stackFrames()));
        for (String option : ON) {
            builder.option(option, "true");
        }
        for (String option : OFF) {
            builder.option(option, "false");
        }
        return builder.build();
    }

    private Value bootScript(Context context) {
        context.eval(sources.boot());
        Value bindings = context.getBindings("js");
        Value host = bindings.getMember("$boot")
                .execute((ProxyExecutable) this::randomHex, (ProxyExecutable) GuestHash::digest);
        bindings.removeMember("$boot");
        return host;
    }

    /** Evaluates the program's prelude; on a guest thread. */
    private static Realm.Booted boot(Context context, Value host, ProgramSource source) {
        Value functions = context.eval(source.source());
        context.getBindings("js").removeMember("$program");
        host.invokeMember("rememberGlobals");
        return new Realm.Booted(host, functions);
    }

    private Object randomHex(Value... arguments) {
        byte[] bytes = new byte[Math.min(arguments[0].asInt(), LONGEST_RANDOM)];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        ready.close();
        engine.close(true);
    }
}
