package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.GuestFailure.FailedEffect;
import ai.fastn.camunda.runtime.Passed.End;
import ai.fastn.camunda.runtime.Passed.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run in the hands of one thread, from {@link StepRunner#open} until {@link #committed}, {@link #failed} or
 * {@link #discard}. An exception other than {@link StepFailedException} leaves it unusable: discard it.
 */
public final class LiveRun {

    private final LiveContext context;
    private final StepRunner owner;
    private @Nullable Piece thrown;
    private volatile @Nullable Budget budget;
    private boolean dirty;
    private boolean over;

    LiveRun(LiveContext context, StepRunner owner) {
        this.context = context;
        this.owner = owner;
    }

    LiveContext context() {
        return context;
    }

    /** Runs a step. */
    public StepOutcome run(String elementId, int attempt, Instant deadline) {
        return run(Piece.step(elementId, attempt, false, context.program()), deadline);
    }

    /** Runs the step after which the workflow ends: its result is read in the same visit to the sandbox. */
    public StepOutcome runLast(String elementId, int attempt, Instant deadline) {
        return run(Piece.step(elementId, attempt, true, context.program()), deadline);
    }

    private StepOutcome run(Piece step, Instant deadline) {
        Poll poll = execute(step, deadline);
        if (poll.state() == Poll.State.DONE) {
            pass(End.DONE);
            return new StepOutcome.Completed();
        }
        return new StepOutcome.Thrown(failure());
    }

    /**
     * Evaluates the condition of a sequence flow.
     *
     * @throws StepFailedException when it throws
     */
    public boolean decide(String flowId, Instant deadline) {
        Poll poll = execute(new Piece(Kind.CONDITION, flowId, context.attempt(), Realm.Use.CONDITION, false), deadline);
        requireDone(poll);
        boolean yes = poll.answer().asBoolean();
        pass(yes ? End.YES : End.NO);
        return yes;
    }

    /**
     * Evaluates the time of a wait.
     *
     * @return when the wait is over
     * @throws StepFailedException when it throws or is neither a number of milliseconds nor a Date
     */
    public Instant waitOf(String elementId, Instant now, Instant deadline) {
        Poll poll = execute(new Piece(Kind.WAIT, elementId, context.attempt(), Realm.Use.WAIT, false), deadline);
        requireDone(poll);
        pass(End.DONE);
        JsonNode answer = poll.answer();
        return answer.has("at")
                ? Instant.ofEpochMilli(answer.path("at").asLong())
                : now.plusMillis(Math.max(0, answer.path("after").asLong()));
    }

    private void requireDone(Poll poll) {
        if (poll.state() != Poll.State.DONE) {
            throw new StepFailedException(failure());
        }
    }

    private Poll execute(Piece piece, Instant deadline) {
        dirty = true;
        thrown = piece;
        budget = owner.budget(deadline);
        return context.execute(piece, budget);
    }

    private void pass(End end) {
        Piece piece = running();
        context.pass(piece, end);
        thrown = null;
    }

    private Piece running() {
        if (thrown == null) {
            throw new IllegalStateException("bug: nothing was thrown in " + context.scope());
        }
        return thrown;
    }

    private Budget budget() {
        if (budget == null) {
            throw new IllegalStateException("bug: nothing ran in " + context.scope());
        }
        return budget;
    }

    private GuestFailure failure() {
        context.journal().flush();
        JsonNode facts = context.failure(budget());
        JsonNode ordinal = facts.path("effect");
        FailedEffect effect = ordinal.isInt() ? context.failedEffect(ordinal.asInt(), running()) : null;
        return GuestFailures.read(
                facts, context.source(), effect, context.journal().secrets());
    }

    /**
     * The thrown value becomes what the next catch sees. Called after {@link StepOutcome.Thrown} or a
     * {@link StepFailedException} that lies in a lifted {@code try}.
     */
    public void enterCatch() {
        context.throwCaught(budget());
        pass(End.CAUGHT);
    }

    /** Whether so many outcomes of reads wait for the next write or checkpoint that they should be written soon. */
    public boolean hasMuchToRecord() {
        return context.journal().hasMuchWaiting();
    }

    /**
     * Writes the journal and says what to store with the token.
     *
     * @param atRest whether the run will not go on soon (a wait, an incident): then it is worth writing a base
     */
    public Checkpoint checkpoint(boolean atRest) {
        dirty = false;
        return context.checkpoint(atRest);
    }

    /** Who works on the run. */
    public Owner owner() {
        return context.journal().owner();
    }

    /** The engine has committed the last checkpoint; the live context is kept for the next job. */
    public void committed() {
        if (over) {
            return;
        }
        over = true;
        owner.released(this, !dirty);
    }

    /** Gives the live context up; what was not committed is rebuilt by the next {@link StepRunner#open}. */
    public void discard() {
        if (over) {
            return;
        }
        over = true;
        owner.released(this, false);
    }

    /**
     * A limit or a fault ended what ran: the live context goes, what passed before it stays.
     *
     * @return what to store with the token
     */
    public Checkpoint stopped() {
        Checkpoint checkpoint = context.checkpointAsIs();
        discard();
        return checkpoint;
    }

    /**
     * The attempt is over by a failure that no catch of the author's took. Where the failure came from an effect of the
     * step to resume at, the next attempt performs that effect anew. Gives the live context up.
     *
     * @param resumeAt the element that the next attempt starts with: the one that failed, or the one that called the
     *     failed effect
     * @return what to store with the token
     */
    public Checkpoint failed(GuestFailure failure, String resumeAt) {
        FailedEffect effect = failure.effect();
        if (effect != null && effect.elementId().equals(resumeAt)) {
            context.goBackTo(effect);
        }
        Checkpoint checkpoint = context.checkpointAsIs();
        discard();
        return checkpoint;
    }

    /**
     * The result of the workflow as JSON, without the secrets the run has read.
     *
     * @throws FastnException RESULT_NOT_JSON, or SECRET_REFUSED where the installation wants no result with a secret
     */
    public String resultJson(Instant deadline) {
        budget = owner.budget(deadline);
        String result = context.result(budget);
        if (result.startsWith("!")) {
            throw new FastnException(
                    ErrorCode.RESULT_NOT_JSON,
                    context.journal()
                            .secrets()
                            .withoutSecrets("the result of the workflow has no JSON form: " + result.substring(1)));
        }
        return withoutSecrets(result);
    }

    private String withoutSecrets(String result) {
        SecretsRead secrets = context.journal().secrets();
        if (owner.refusesSecrets() && secrets.areIn(result)) {
            throw new FastnException(
                    ErrorCode.SECRET_REFUSED,
                    "the result of the workflow carries a secret, and fastn.secrets.output is refuse");
        }
        return secrets.withoutSecretsInJson(result);
    }

    /** Ends what runs now, from another thread. */
    void cancel() {
        Budget current = budget;
        if (current != null) {
            current.revoke(ErrorCode.EXECUTION_CANCELED, context.scope() + " was canceled");
        }
    }
}
