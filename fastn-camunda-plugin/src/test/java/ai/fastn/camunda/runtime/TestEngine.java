package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves one token through a {@link TestWorkflow} the way the process engine does: commits token and checkpoint
 * together, resumes there after a crash.
 */
final class TestEngine {

    /** The usual limits, but a base is only written at rest. */
    static final RuntimeLimits LIMITS =
            new RuntimeLimits(16, 1L << 30, 1_000, 20_000, 8, 100, 32 << 20, 1 << 20, 4L << 20, 3_600_000);

    /** When the engine commits, and what it keeps. */
    enum Commit {
        AT_THE_END,
        EVERY_NODE_KEEPING_THE_CONTEXT,
        EVERY_NODE_FROM_A_BASE,
        EVERY_NODE_FROM_THE_PATH
    }

    final List<String> waits = new ArrayList<>();
    final List<GuestFailure> failures = new ArrayList<>();
    private final StepRunner runner;
    private final TestWorkflow workflow;
    private final RunScope scope;
    private final Commit commit;
    private final BiConsumer<RunScope, Checkpoint> commits;
    private String token;
    private int attempt = 1;
    private @Nullable Checkpoint committed;

    TestEngine(StepRunner runner, TestWorkflow workflow, String input, Commit commit) {
        this(runner, workflow, input, commit, (scope, checkpoint) -> {});
    }

    /** @param commits is told of each commit */
    TestEngine(
            StepRunner runner,
            TestWorkflow workflow,
            String input,
            Commit commit,
            BiConsumer<RunScope, Checkpoint> commits) {
        this.commits = commits;
        this.runner = runner;
        this.workflow = workflow;
        this.scope = scope(input);
        this.commit = commit;
        this.token = workflow.first();
    }

    static RunScope scope(String input) {
        return new RunScope(
                TenantId.DEFAULT,
                Environment.PRODUCTION,
                WorkflowSlug.of("test"),
                3,
                new ExecutionId(UUID.randomUUID().toString()),
                RunInput.of(input),
                "{\"content-type\":\"application/json\"}",
                TriggerKind.WEBHOOK,
                List.of(),
                true);
    }

    static StepRunner runner(List<Effect> effects, JournalStore journal, RuntimeLimits limits) {
        return new StepRunner(effects, journal, new XorCipher(), RunEvents.NONE, Clock.systemUTC(), limits);
    }

    RunScope scope() {
        return scope;
    }

    Checkpoint committed() {
        return Optional.ofNullable(committed).orElseThrow();
    }

    /** Runs to the end through all crashes; gives up after some failed attempts. */
    String finish() {
        for (int tries = 0; tries < 50; tries++) {
            LiveRun run = runner.open(scope, workflow.program(), Optional.ofNullable(committed));
            try {
                String result = go(run);
                if (result != null) {
                    return result;
                }
            } catch (CrashPoints.Crash e) {
                run.discard();
            } catch (RuntimeException e) {
                run.discard();
                throw e;
            }
        }
        throw new IllegalStateException("the run does not end: " + failures);
    }

    private @Nullable String go(LiveRun run) {
        String at = token;
        while (!at.equals(TestWorkflow.END)) {
            TestWorkflow.Node node = workflow.node(at);
            String next = pass(run, node);
            if (next == null) {
                return null;
            }
            at = next;
            if (commit != Commit.AT_THE_END) {
                run = commit(run, at);
            }
        }
        String result = run.resultJson(deadline());
        commit(run, at).discard();
        return result;
    }

    private LiveRun commit(LiveRun run, String at) {
        Checkpoint next = run.checkpoint(commit == Commit.EVERY_NODE_FROM_A_BASE);
        commit(next);
        token = at;
        attempt = 1;
        if (commit == Commit.EVERY_NODE_KEEPING_THE_CONTEXT) {
            run.committed();
        } else {
            run.discard();
        }
        return runner.open(scope, workflow.program(), Optional.of(next));
    }

    private void commit(Checkpoint next) {
        commits.accept(scope, next);
        committed = next;
    }

    private @Nullable String pass(LiveRun run, TestWorkflow.Node node) {
        try {
            switch (node.kind()) {
                case STEP -> {
                    if (run.run(node.id(), attempt, deadline()) instanceof StepOutcome.Thrown thrown) {
                        return thrown(run, node, thrown.failure());
                    }
                }
                case DECISION -> {
                    String[] flow = node.flows().get(0);
                    if (run.decide(flow[0], deadline())) {
                        return flow[1];
                    }
                }
                case WAIT ->
                    waits.add(run.waitOf(node.id(), Instant.EPOCH, deadline()).toString());
            }
        } catch (StepFailedException e) {
            return thrown(run, node, e.failure());
        }
        return workflow.after(node);
    }

    private @Nullable String thrown(LiveRun run, TestWorkflow.Node node, GuestFailure failure) {
        if (!node.handler().isEmpty()) {
            run.enterCatch();
            return node.handler();
        }
        failures.add(failure);
        GuestFailure.FailedEffect effect = failure.effect();
        String resumeAt = effect == null || effect.elementId().isEmpty() ? node.id() : effect.elementId();
        commit(run.failed(failure, resumeAt));
        token = resumeAt;
        attempt++;
        return null;
    }

    private static Instant deadline() {
        return Instant.now().plus(Duration.ofSeconds(30));
    }
}
