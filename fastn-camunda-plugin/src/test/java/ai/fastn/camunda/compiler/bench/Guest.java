package ai.fastn.camunda.compiler.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** A JavaScript context with a scripted outside world. */
final class Guest implements AutoCloseable {

    private static final Engine ENGINE =
            Engine.newBuilder().option("engine.WarnInterpreterOnly", "false").build();
    private static final Source PROGRAM =
            script("program.js", "(function () {\n" + text(Path.of("src/main/js/program.js")) + "\n})()");
    private static final Source HARNESS = script("harness.js", resource("/bench/harness.js"));

    private final Context context;
    final Value world;

    Guest(String repliesJson) {
        context = Context.newBuilder("js")
                .engine(ENGINE)
                .allowExperimentalOptions(true)
                .option("js.strict", "true")
                .option("js.esm-eval-returns-exports", "true")
                .option("js.allow-eval", "false")
                .build();
        world = context.eval(HARNESS).execute(repliesJson);
        context.eval(PROGRAM);
    }

    Value eval(String name, String code) {
        return context.eval(script(name, code));
    }

    Value module(String code) {
        return context.eval(Source.newBuilder("js", code, "workflow.mjs")
                .mimeType("application/javascript+module")
                .buildLiteral());
    }

    /** Lets the guest go on until what it watches is settled. */
    void settle() {
        boolean goesOn = true;
        while (goesOn && state().equals("pending")) {
            goesOn = world.invokeMember("tick").asBoolean();
        }
    }

    String state() {
        return world.invokeMember("state").asString();
    }

    String text(String member) {
        return world.invokeMember(member).asString();
    }

    private static Source script(String name, String code) {
        return Source.newBuilder("js", code, name).buildLiteral();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(Guest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close(true);
    }
}
