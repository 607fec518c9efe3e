package ai.fastn.camunda.bench;

import ai.fastn.camunda.bench.BenchProcess.Node;
import ai.fastn.camunda.bench.BenchProcess.Way;
import ai.fastn.camunda.bench.CrashPlan.Point;
import ai.fastn.camunda.bench.Mode.Keeping;
import ai.fastn.camunda.compiler.bench.Observed;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.Checkpoint;
import ai.fastn.camunda.runtime.GuestFailure;
import ai.fastn.camunda.runtime.LiveRun;
import ai.fastn.camunda.runtime.RunScope;
import ai.fastn.camunda.runtime.StepFailedException;
import ai.fastn.camunda.runtime.StepOutcome;
import ai.fastn.camunda.runtime.StepRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves one token through a process as {@code engine.AuthorCodeBehavior} and {@code engine.RunSession} do, without an
 * engine: commits token and checkpoint together, resumes there after a crash or for another attempt.
 */
final class ProcessRun {

    private static final int MOST_LIVES = 60;

    /** Outcome of what waits for a promise that nothing settles. */
    static final String NEVER_SETTLED = "never settled";

    private final StepRunner runner;
    private final BenchProcess process;
    private final RunScope scope;
    private final World world;
    private final Mode mode;
    private final Instant deadline;
    private final List<Long> waits = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();
    private int committedWaits;
    private int committedLines;
    private String token;
    private int attempt = 1;
    private @Nullable Checkpoint committed;
    private LiveRun live;
    private boolean touched;
    private int failures;
    private String resultJson = "null";

    ProcessRun(StepRunner runner, BenchProcess process, RunScope scope, World world, Mode mode, Instant deadline) {
        this.runner = runner;
        this.process = process;
        this.scope = scope;
        this.world = world;
        this.mode = mode;
        this.deadline = deadline;
        this.token = process.first();
        this.live = opened();
    }

    /** How much there was to see when an element was reached. */
    private record Visit(int lines, int waits) {}

    private LiveRun opened() {
        touched = false;
        return runner.open(scope, process.program(), Optional.ofNullable(committed));
    }

    /** Milliseconds of each wait that the process shows as an event. */
    List<Long> waits() {
        return waits;
    }

    /** The result as the caller gets it, JSON; {@code null} where the run ended with an error. */
    String resultJson() {
        return resultJson;
    }

    /**
     * Runs to the end through crashes and failed attempts.
     *
     * @throws NoEndException when the time is over before
     */
    Observed run() {
        for (int lives = 0; lives < MOST_LIVES; lives++) {
            try {
                Optional<String> outcome = live();
                if (outcome.isPresent()) {
                    return world.observed(outcome.get());
                }
            } catch (FastnException e) {
                return world.observed(ending(e));
            } catch (CrashPlan.Crash e) {
                world.restart();
                world.cutConsole(committedLines);
                waits.subList(committedWaits, waits.size()).clear();
            } finally {
                live.discard();
            }
            live = opened();
        }
        throw new IllegalStateException("the run does not end");
    }

    private static String ending(FastnException reason) {
        return switch (reason.code()) {
            case NEVER_SETTLED -> NEVER_SETTLED;
            case EXECUTION_TIMEOUT -> throw new NoEndException("the process has not ended in its time");
            default -> throw reason;
        };
    }

    /** One life of the run: until its end, which gives the outcome, or until an attempt has failed. */
    private Optional<String> live() {
        String at = token;
        int tries = attempt;
        while (!at.equals(BenchProcess.END)) {
            if (Instant.now().isAfter(deadline)) {
                throw new NoEndException("the process has not ended in its time");
            }
            Node node = process.node(at);
            if (node.checkpointable() && touched && mode.keeping() != Keeping.RUNNING) {
                commit(at, mode.keeping() == Keeping.FRAME);
            }
            visits.add(new Visit(world.console().size(), waits.size()));
            world.visiting(visits.size() - 1);
            try {
                at = pass(node, tries);
            } catch (StepFailedException e) {
                if (node.handler().isPresent()) {
                    live.enterCatch();
                    at = node.handler().get();
                } else if (Math.max(tries, failures + 1) < attempts(node)
                        && e.failure().retryable()) {
                    failed(node, e.failure(), tries);
                    return Optional.empty();
                } else {
                    return Optional.of(thrown(e.failure()));
                }
            }
            tries = 1;
        }
        resultJson = resultAsCallerGetsIt();
        return Optional.of("done " + shown(BenchProcess.SHOW_RESULT) + "\njson " + resultJson);
    }

    private String resultAsCallerGetsIt() {
        try {
            return live.resultJson(deadline);
        } catch (FastnException e) {
            if (e.code() != ErrorCode.RESULT_NOT_JSON) {
                throw e;
            }
            return "!" + String.valueOf(e.getMessage()).replaceFirst(".*has no JSON form: ", "");
        }
    }

    private int attempts(Node node) {
        return node.kind() != BenchProcess.Kind.STEP ? 1 : mode.attempts() == 0 ? node.attempts() : mode.attempts();
    }

    private String pass(Node node, int tries) {
        return switch (node.kind()) {
            case PASS -> node.next();
            case STEP -> step(node, tries);
            case DECISION -> decision(node);
            case WAIT -> pause(node);
        };
    }

    private String step(Node node, int tries) {
        touched = true;
        if (live.run(node.id(), tries, deadline) instanceof StepOutcome.Thrown thrown) {
            throw new StepFailedException(thrown.failure());
        }
        return node.next();
    }

    private String decision(Node node) {
        touched = true;
        for (Way way : node.ways()) {
            if (live.decide(way.flowId(), deadline)) {
                return way.target();
            }
        }
        return node.next();
    }

    private String pause(Node node) {
        touched = true;
        Instant now = Instant.now();
        waits.add(Duration.between(now, live.waitOf(node.id(), now, deadline)).toMillis());
        if (mode.durable()) {
            commit(node.next(), mode.keeping() != Keeping.PATH);
        }
        return node.next();
    }

    private void commit(String at, boolean atRest) {
        world.crashes().pass(Point.BEFORE_COMMIT);
        Checkpoint checkpoint = live.checkpoint(atRest);
        world.crashes().pass(Point.BEFORE_COMMIT);
        committed = checkpoint;
        token = at;
        attempt = 1;
        committedLines = world.console().size();
        committedWaits = waits.size();
        world.crashes().pass(Point.AFTER_COMMIT);
        if (mode.keeping() == Keeping.CONTEXT) {
            live.committed();
        } else {
            live.discard();
        }
        live = opened();
    }

    /** The attempt is over; what ran before the failed element stays. */
    private void failed(Node node, GuestFailure failure, int tries) {
        GuestFailure.FailedEffect effect = failure.effect();
        String resumeAt = mode.durable() && effect != null && process.nodes().containsKey(effect.elementId())
                ? effect.elementId()
                : node.id();
        Checkpoint checkpoint = live.failed(failure, resumeAt);
        if (!mode.durable() && effect != null && effect.elementId().equals(node.id())) {
            world.retried(effect.ordinal()); // its journal is the runtime's own
        }
        world.crashes().pass(Point.BEFORE_COMMIT);
        committed = checkpoint;
        token = resumeAt;
        attempt = tries + 1;
        failures++;
        forget(
                effect != null && resumeAt.equals(effect.elementId()) && mode.durable()
                        ? visits.get(world.visitOf(effect.ordinal()))
                        : visits.get(visits.size() - 1));
    }

    /** What was seen of a failed attempt will be seen again. */
    private void forget(Visit from) {
        world.cutConsole(from.lines());
        waits.subList(Math.min(from.waits(), waits.size()), waits.size()).clear();
        committedLines = from.lines();
        committedWaits = from.waits();
    }

    private String thrown(GuestFailure failure) {
        live.enterCatch();
        return "thrown " + failure.name() + ": " + failure.message() + "\n" + shown(BenchProcess.SHOW_THROWN);
    }

    private String shown(String elementId) {
        if (live.run(elementId, 1, deadline) instanceof StepOutcome.Thrown thrown) {
            return "can not be shown: " + thrown.failure();
        }
        return Replies.read(live.resultJson(deadline)).asText();
    }
}
