package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.bench.Observed;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.runtime.FrameCipher;
import ai.fastn.camunda.runtime.RunScope;
import ai.fastn.camunda.runtime.RuntimeLimits;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.runtime.Ticker;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The step runtime with a scripted outside world. */
final class Bench implements AutoCloseable {

    /** A base is only written where a mode asks for it. */
    private static final RuntimeLimits LIMITS =
            new RuntimeLimits(16, 1L << 30, 1_000, 20_000, 8, 100, 32 << 20, 16 << 20, 256L << 20, 3_600_000);

    private final Map<ExecutionId, World> worlds = new ConcurrentHashMap<>();
    private final BenchJournal journal = new BenchJournal(worlds::get);
    private final StepRunner runner;

    Bench(EffectCatalog catalog) {
        ScriptedEffects scripted = new ScriptedEffects(catalog, this::world, this::performWithRecord);
        this.runner =
                new StepRunner(scripted.all(), journal, new Xor(), scripted, Clock.systemUTC(), new Skipping(), LIMITS);
    }

    /** What a run did, what the world answered, and which rules it broke. */
    record Finished(
            Observed observed,
            String resultJson,
            Answers answers,
            List<Long> waits,
            List<String> broken,
            CrashPlan crashes) {

        /** Whether an error left the workflow. */
        boolean isThrown() {
            return observed.outcome().startsWith("thrown");
        }

        boolean isEndless() {
            return observed.outcome().equals(PlainFunction.NO_END);
        }
    }

    /** A run that has a minute. */
    Finished run(Subject subject, Mode mode, CrashPlan crashes) {
        return run(subject, mode, crashes, Instant.now().plus(PlainFunction.TIME));
    }

    /** A run that has until then; its outcome is {@link PlainFunction#NO_END} when that was not enough. */
    Finished run(Subject subject, Mode mode, CrashPlan crashes, Instant deadline) {
        RunScope scope = new RunScope(
                TenantId.DEFAULT,
                Environment.PRODUCTION,
                WorkflowSlug.of("bench"),
                1,
                new ExecutionId(UUID.randomUUID().toString()),
                RunInput.of(subject.inputJson()),
                "{}",
                TriggerKind.WEBHOOK,
                List.of(),
                mode.durable());
        World world = new World(subject.repliesJson(), crashes);
        worlds.put(scope.execution(), world);
        try {
            ProcessRun run = new ProcessRun(runner, subject.process(), scope, world, mode, deadline);
            Observed observed = observed(run, world);
            return new Finished(
                    observed, run.resultJson(), world.answers(), run.waits(), world.repeatedWrites(), crashes);
        } finally {
            runner.ended(scope);
            journal.delete(scope.execution());
            worlds.remove(scope.execution());
        }
    }

    private static Observed observed(ProcessRun run, World world) {
        try {
            return run.run();
        } catch (NoEndException e) {
            return world.observed(PlainFunction.NO_END);
        }
    }

    @Override
    public void close() {
        runner.close();
    }

    private World world(ExecutionId execution) {
        return Optional.ofNullable(worlds.get(execution)).orElseThrow(CrashPlan.Crash::new);
    }

    private EffectOutcome performWithRecord(
            World world, EffectRequest request, EffectScope scope, OutcomeRecord record) {
        return world.performWithRecord(request, scope.ordinal(), journal.begin(scope.execution()), record);
    }

    /** Timers that fire at once when nothing else is under way, as those of the plain function. */
    private static final class Skipping implements Ticker {
        private final ThreadLocal<Long> skipped = ThreadLocal.withInitial(() -> 0L);

        @Override
        public long nanoTime() {
            return System.nanoTime() + skipped.get();
        }

        @Override
        public void idle(long nanos) {
            skipped.set(skipped.get() + Math.max(0, nanos));
        }
    }

    /** A cipher that shows when something is not opened by the run that sealed it. */
    private static final class Xor implements FrameCipher {
        @Override
        public byte[] seal(byte[] plain, RunScope scope) {
            byte[] result = plain.clone();
            int key = scope.execution().hashCode();
            for (int i = 0; i < result.length; i++) {
                result[i] ^= (byte) key;
            }
            return result;
        }

        @Override
        public byte[] open(byte[] sealed, RunScope scope) {
            return seal(sealed, scope);
        }
    }
}
