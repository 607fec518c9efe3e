package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.bench.Observed;
import ai.fastn.camunda.effect.EffectOutcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * The reference: the workflow as the JavaScript module it is, in one context with the sandbox's functions, never cut,
 * stored or repeated. Calls are answered one at a time, each when nothing is left to run; timers fire when no call is
 * open.
 */
final class PlainFunction implements AutoCloseable {

    /** A function that shows a value with types and identity. */
    static final String SHOW = resource("/bench/show.js").strip();

    /** Time of a run, where nothing else is said. */
    static final Duration TIME = Duration.ofMinutes(1);

    /** Outcome of what has not ended in its time. */
    static final String NO_END = "no end";

    private static final int RUNNING = 0;
    private static final int LATE = -1;
    private static final ScheduledExecutorService WATCHDOG = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "plain-function-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private static final Engine ENGINE =
            Engine.newBuilder().option("engine.WarnInterpreterOnly", "false").build();
    private static final Source BOOT = Source.newBuilder("js", resource("/ai/fastn/camunda/js/boot.js"), "boot.js")
            .internal(true)
            .buildLiteral();
    /** Gives the functions that run the module in a realm without a process. */
    static final String VARIABLES = """
            'use strict';
            let $ctx, $ret, $thrown;
            $program({ variables: {
              get $ctx() { return $ctx }, set $ctx(v) { $ctx = v },
              get $ret() { return $ret }, set $ret(v) { $ret = v },
              get $thrown() { return $thrown }, set $thrown(v) { $thrown = v } }, functions: {} });
            ({ main: (f) => async () => f($ctx), result: () => $ret, thrown: () => $thrown })
            """;

    private static final String MODULE_DONE = "$moduleDone";
    private static final String MODULE_END = "\n;globalThis." + MODULE_DONE + " = true;";

    private final Context context = newContext();
    private final Answers answers;
    private final Instant deadline;
    private final List<String> trace = new ArrayList<>();
    private final List<String> console = new ArrayList<>();
    private final List<Long> sleeps = new ArrayList<>();
    private final TreeMap<Integer, Integer> openCalls = new TreeMap<>();
    private final List<Timer> timers = new ArrayList<>();
    private long now;

    private PlainFunction(Answers answers, Instant deadline) {
        this.answers = answers;
        this.deadline = deadline;
    }

    private record Timer(int id, long due) {}

    /**
     * What the function does.
     *
     * @param calls how many calls it makes
     * @param sleeps how long it asked to wait each time
     */
    record Result(Observed observed, int calls, List<Long> sleeps) {

        boolean isEndless() {
            return observed.outcome().equals(NO_END);
        }
    }

    static Result run(Subject subject, Answers answers, Duration time) {
        try (PlainFunction function = new PlainFunction(answers, Instant.now().plus(time))) {
            Future<?> end =
                    WATCHDOG.schedule(() -> function.context.close(true), time.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return function.run(subject);
            } finally {
                end.cancel(false);
            }
        } catch (PolyglotException e) {
            if (e.isCancelled()) {
                return new Result(new Observed(NO_END, "", ""), 0, List.of());
            }
            throw e;
        }
    }

    private static Context newContext() {
        Context.Builder builder = Context.newBuilder("js")
                .engine(ENGINE)
                .allowExperimentalOptions(true)
                .allowHostAccess(HostAccess.NONE)
                .option("js.ecmascript-version", "latest")
                .option("js.timezone", "UTC")
                .option("js.locale", "en")
                .option("js.esm-eval-returns-exports", "true");
        for (String on : List.of("js.strict", "js.text-encoding")) {
            builder.option(on, "true");
        }
        for (String off : List.of(
                "js.allow-eval",
                "js.atomics",
                "js.foreign-object-prototype",
                "js.shared-array-buffer",
                "js.global-arguments",
                "js.annex-b",
                "js.regexp-static-result",
                "js.console",
                "js.print",
                "js.load")) {
            builder.option(off, "false");
        }
        return builder.build();
    }

    private Result run(Subject subject) {
        context.eval(BOOT);
        Value bindings = context.getBindings("js");
        Value host = bindings.getMember("$boot").execute((ProxyExecutable) count -> randomHex(count[0].asInt()));
        Value parts = context.eval("js", VARIABLES);
        Value show = context.eval("js", "(" + SHOW + ")");
        host.invokeMember("begin", subject.inputJson(), "{}", "{\"id\":\"x\",\"attempt\":1,\"version\":1}");
        JsonNode end;
        try {
            Value module = context.eval(Source.newBuilder("js", subject.javaScript() + MODULE_END, "workflow.mjs")
                    .mimeType("application/javascript+module")
                    .buildLiteral());
            awaitModule(host, bindings);
            end = drive(host, parts.invokeMember("main", module.getMember("default")));
        } catch (PolyglotException e) {
            Value error = e.getGuestObject();
            if (error == null) {
                throw e;
            }
            return result("thrown " + error.getMember("name") + ": " + error.getMember("message") + "\n"
                    + show.execute(error).asString());
        }
        String outcome = switch (end.path("state").asInt()) {
            case RUNNING -> ProcessRun.NEVER_SETTLED;
            case LATE -> NO_END;
            case 1 -> done(host, parts, show);
            default -> thrown(host, parts, show);
        };
        return result(outcome);
    }

    /** Code at the top of the module may wait for calls; the workflow begins behind it. */
    private void awaitModule(Value host, Value bindings) {
        if (!bindings.hasMember(MODULE_DONE)) {
            accept(host);
        }
        while (!bindings.hasMember(MODULE_DONE) && !openCalls.isEmpty()) {
            answer(host);
            accept(host);
        }
        bindings.removeMember(MODULE_DONE);
    }

    private static String randomHex(int length) {
        return Integer.toHexString(FixedRandom.BYTE).repeat(length);
    }

    private static String done(Value host, Value parts, Value show) {
        String json = host.invokeMember("result").asString();
        return "done " + show.execute(parts.invokeMember("result")).asString() + "\njson " + json;
    }

    private static String thrown(Value host, Value parts, Value show) {
        JsonNode failure = Replies.read(host.invokeMember("failure").asString());
        host.invokeMember("throwCaught");
        return "thrown " + failure.path("name").asText() + ": "
                + failure.path("message").asText() + "\n"
                + show.execute(parts.invokeMember("thrown")).asString();
    }

    private Result result(String outcome) {
        return new Result(
                new Observed(outcome, String.join("\n", trace), String.join("\n", console)),
                trace.size(),
                List.copyOf(sleeps));
    }

    private JsonNode drive(Value host, Value main) {
        host.invokeMember("start", main, "result", 0);
        JsonNode poll = accept(host);
        while (Instant.now().isBefore(deadline)) {
            if (openCalls.isEmpty() && (poll.path("state").asInt() != RUNNING || timers.isEmpty())) {
                return poll;
            }
            if (openCalls.isEmpty()) {
                fireTimer(host);
            } else {
                answer(host);
            }
            poll = accept(host);
        }
        return Replies.JSON.createObjectNode().put("state", LATE);
    }

    private JsonNode accept(Value host) {
        JsonNode poll = Replies.read(host.invokeMember("poll").asString());
        for (JsonNode call : poll.path("calls")) {
            int id = call.get(0).asInt();
            if (call.get(1).asText().equals("$timer")) {
                timers.add(new Timer(id, now + call.get(2).asLong()));
                sleeps.add(call.get(2).asLong());
            } else {
                openCalls.put(trace.size(), id);
                trace.add(call.get(1).asText() + " " + call.get(2).asText());
            }
        }
        poll.path("canceled").forEach(id -> timers.removeIf(timer -> timer.id() == id.asInt()));
        JsonNode lines = poll.path("lines");
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            console.add(lines.get(i).asText() + " " + lines.get(i + 1).asText());
        }
        return poll;
    }

    private void fireTimer(Value host) {
        Timer next = timers.stream().min(Comparator.comparingLong(Timer::due)).orElseThrow();
        timers.remove(next);
        now = Math.max(now, next.due());
        host.invokeMember("answerCall", next.id(), true, "null", 0, 0);
    }

    private void answer(Value host) {
        int index = answers.next(List.copyOf(openCalls.keySet()));
        int id = Objects.requireNonNull(openCalls.remove(index));
        EffectOutcome outcome = answers.outcome(index);
        boolean succeeded = outcome instanceof EffectOutcome.Succeeded;
        host.invokeMember("answerCall", id, succeeded, text(outcome), index, 0);
    }

    /** An outcome as the host of the realm gets it. */
    static String text(EffectOutcome outcome) {
        if (outcome instanceof EffectOutcome.Failed failed) {
            return Replies.JSON
                    .valueToTree(Map.of("name", failed.name(), "message", failed.message(), "fields", failed.fields()))
                    .toString();
        }
        return ((EffectOutcome.Succeeded) outcome).json();
    }

    static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(PlainFunction.class.getResourceAsStream(path), path)) {
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
