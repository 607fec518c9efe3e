package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.effect.mock.Recordings;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs the steps of workflows: one per application. Thread-safe. */
public final class StepRunner implements AutoCloseable {

    private final Surroundings around;
    private final JournalStore journal;
    private final MemoryJournal instantJournal = new MemoryJournal();
    private final LiveContexts kept;
    private final Map<ExecutionId, LiveRun> open = new ConcurrentHashMap<>();

    /**
     * @param journal of durable runs
     * @param clock in whose time the deadlines are given
     */
    public StepRunner(
            List<Effect> effects,
            JournalStore journal,
            FrameCipher cipher,
            RunEvents events,
            Clock clock,
            RuntimeLimits limits) {
        this(effects, journal, cipher, events, clock, Ticker.SYSTEM, limits);
    }

    /** The same; {@code recordings} keeps the calls of runs that are recorded. */
    public StepRunner(
            List<Effect> effects,
            JournalStore journal,
            FrameCipher cipher,
            RunEvents events,
            Clock clock,
            RuntimeLimits limits,
            Recordings recordings) {
        this(effects, journal, cipher, events, clock, Ticker.SYSTEM, limits, new CallRecorder(recordings));
    }

    /** With other timers than the machine's. */
    public StepRunner(
            List<Effect> effects,
            JournalStore journal,
            FrameCipher cipher,
            RunEvents events,
            Clock clock,
            Ticker ticker,
            RuntimeLimits limits) {
        this(effects, journal, cipher, events, clock, ticker, limits, new CallRecorder(null));
    }

    private StepRunner(
            List<Effect> effects,
            JournalStore journal,
            FrameCipher cipher,
            RunEvents events,
            Clock clock,
            Ticker ticker,
            RuntimeLimits limits,
            CallRecorder recorder) {
        this.journal = journal;
        this.kept = new LiveContexts(limits.liveRuns());
        this.around = new Surroundings(
                new Sandbox(limits),
                new GuestThreads(limits.guestThreads()),
                new EffectGate(effects),
                cipher,
                events,
                clock,
                ticker,
                limits,
                recorder);
    }

    /** Runs a small program once, so that the first user does not wait for the engine to load. */
    public void warmUp() {
        Program program = new Program(
                "warm-up.js",
                "\"use strict\"; let $ctx, $ret, $thrown; $program({ variables: { get $ctx() { return $ctx },"
                        + " set $ctx(v) { $ctx = v }, get $ret() { return $ret }, set $ret(v) { $ret = v } },"
                        + " functions: {} });",
                Map.of("step", new Script("step", "return 1", 1, 1, Script.Form.STATEMENTS, true)),
                ConnectorVersions.NONE);
        RunScope scope = new RunScope(
                TenantId.DEFAULT,
                Environment.PRODUCTION,
                WorkflowSlug.of("warm-up"),
                1,
                new ExecutionId(UUID.randomUUID().toString()),
                RunInput.of("{}"),
                "{}",
                TriggerKind.ENGINE,
                List.of(),
                false);
        Instant deadline = around.clock().instant().plusSeconds(60);
        LiveRun run = open(scope, program, Optional.empty());
        run.run("step", 1, deadline);
        run.checkpoint(true);
        run.discard();
        ended(scope);
    }

    /** Takes a run up where it was committed; at its start where nothing was. Runs no code yet. */
    public LiveRun open(RunScope scope, Program program, Optional<Checkpoint> committed) {
        LiveContext live = committed.isPresent() ? kept.take(scope.execution(), committed.get()) : null;
        LiveContext context =
                live != null ? live : new LiveContext(around, scope, program, store(scope), orNull(committed));
        LiveRun run = new LiveRun(context, this);
        // whoever opens a run to end it must not hide the one that executes it
        open.putIfAbsent(scope.execution(), run);
        return run;
    }

    private static @Nullable Checkpoint orNull(Optional<Checkpoint> committed) {
        return committed.orElse(null);
    }

    private JournalStore store(RunScope scope) {
        return scope.durable() ? journal : instantJournal;
    }

    /** What keeps a program from being read as JavaScript, as a sentence that begins with the author's line. */
    public Optional<String> mistake(Program program) {
        return around.sandbox().mistake(program);
    }

    Budget budget(Instant deadline) {
        Duration time = Duration.between(around.clock().instant(), deadline);
        return new Budget(time, around.limits().bytesPerStep());
    }

    void released(LiveRun run, boolean keep) {
        open.remove(run.context().scope().execution(), run);
        if (keep) {
            kept.keep(run.context());
        } else {
            run.context().close();
        }
    }

    /** Ends what a run executes now: its thread gets EXECUTION_CANCELED. */
    public void cancel(ExecutionId execution) {
        LiveRun run = open.get(execution);
        if (run != null) {
            run.cancel();
        }
    }

    boolean refusesSecrets() {
        return around.limits().secretsOutput() == SecretsOutput.REFUSE;
    }

    /** Gives a kept live context up. */
    public void forget(ExecutionId execution) {
        kept.forget(execution);
    }

    /** The run is over: what is kept of it in memory goes. Only after the engine has committed the end. */
    public void ended(RunScope scope) {
        forget(scope.execution());
        instantJournal.delete(scope.execution());
    }

    /** Threads that guest code still occupies though it was ended. */
    public int abandonedThreads() {
        return around.threads().abandoned();
    }

    @Override
    public void close() {
        kept.clear();
        around.gate().close();
        around.threads().close();
        around.sandbox().close();
    }
}
