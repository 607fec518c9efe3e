package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.Checkpoint;
import ai.fastn.camunda.runtime.GuestFailure;
import ai.fastn.camunda.runtime.LiveRun;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunRecord;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run while one engine command moves its token: its live context, and what the commit has to store. */
final class ActiveRun {

    /** A burst of steps commits at least this often, so that Cockpit shows where a run is and little is done twice. */
    static final Duration BURST = Duration.ofMillis(200);

    private final RunSupport support;
    private final @Nullable ConcurrencyLimits limits;
    private final Function<Optional<Checkpoint>, LiveRun> opener;
    private final Instant begun = RunSession.now();
    private Run run;
    private LiveRun live;
    private @Nullable Checkpoint afterFailure;
    private boolean touched;
    private boolean atRest;
    private boolean over;
    private boolean begins;
    private boolean placed;
    private boolean hasAsked;
    private @Nullable Instant waitedSince;
    private boolean goesOn;
    private boolean standsStill;
    private boolean failedForGood;
    private @Nullable String waitingJob;

    /** @param limits null = it is not counted, and never waits for a place */
    ActiveRun(
            Run run,
            RunSupport support,
            @Nullable ConcurrencyLimits limits,
            Function<Optional<Checkpoint>, LiveRun> opener,
            Optional<Checkpoint> committed) {
        this.run = run;
        this.support = support;
        this.limits = limits;
        this.opener = opener;
        this.live = opener.apply(committed);
    }

    /** This command starts the run. */
    void begins() {
        begins = true;
    }

    Run run() {
        return run;
    }

    RunRecord record() {
        return support.record();
    }

    /** The live context, about to run author code. */
    LiveRun live() {
        touched = true;
        return live;
    }

    /** Whether the run may go on under the concurrency limits; asked once for each command. */
    boolean hasPlace() {
        if (!placed && limits != null && isCounted()) {
            Optional<RunPlaces.Place> place = support.places().enter(run, limits);
            placed = place.isPresent();
            waitedSince = place.map(RunPlaces.Place::waitedSince).orElse(null);
            return placed;
        }
        return true;
    }

    /** Whether the run had to wait for its place, and has not gone on since. */
    boolean hasWaited() {
        return waitedSince != null;
    }

    /**
     * The time it has waited does not count.
     *
     * @return when the execution timeout ends the run now
     */
    Instant goesOnAfterWait() {
        Duration waited = Duration.between(Objects.requireNonNull(waitedSince), RunSession.now());
        if (!waited.isNegative()) { // clocks of nodes differ a little
            run = run.endingAt(run.deadline().plus(waited));
            record().postponed(run);
        }
        waitedSince = null;
        goesOn = true;
        return run.deadline();
    }

    /** The run is among those that wait for a place, even if its limit is gone since. */
    void waitedForPlace() {
        hasAsked = true;
    }

    private boolean isCounted() {
        return limits != null && (hasAsked || (!isInstant() && support.places().counts(run, limits)));
    }

    /** The run waits for a place in this job. */
    void waitsForPlace(String job) {
        waitingJob = job;
    }

    /** Nothing happens until an operator retries the run: others may have its place. */
    void standsStill() {
        standsStill = true;
    }

    Instant deadline() {
        return run.deadline();
    }

    boolean isInstant() {
        return run.tier().isSynchronous();
    }

    /**
     * Whether the next READ or WRITE step should begin in a new transaction.
     *
     * @param beforeLongStep whether that step tends to take long
     */
    boolean isCheckpointDue(boolean beforeLongStep) {
        return !isInstant()
                && touched
                && (support.everyEffect()
                        || beforeLongStep
                        || begun.plus(BURST).isBefore(RunSession.now())
                        || live.hasMuchToRecord());
    }

    /** The run that called this one gets its error; it ends instead of standing still. */
    void failsForGood() {
        failedForGood = true;
    }

    boolean hasFailedForGood() {
        return failedForGood;
    }

    /** The token stops at a wait: worth a base. */
    void atRest() {
        atRest = true;
    }

    /** An uncaught error ended the attempt: what ran before the failing element stays. */
    void failed(GuestFailure failure, String element) {
        afterFailure = live.failed(failure, element);
    }

    /** A limit ended the element that ran: what ran before it stays, for an operator who retries it. */
    void stopped() {
        afterFailure = live.stopped();
    }

    /** Another attempt of an Instant run in the same command. */
    void startOver(GuestFailure failure, String element) {
        live = opener.apply(Optional.of(live.failed(failure, element)));
    }

    void discard() {
        live.discard();
        touched = false;
    }

    String result() {
        return live().resultJson(run.deadline());
    }

    /** The process instance has ended, or the step that the run is. */
    void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** Stores the position in the engine's transaction. */
    void store(Connection connection) throws java.sql.SQLException {
        if (isInstant()) {
            return;
        }
        if (begins) {
            support.checkpoints().begin(connection, run.execution());
            begins = false;
        }
        if (over) {
            end(connection);
        } else if (afterFailure != null) {
            support.checkpoints().write(connection, run.execution(), afterFailure);
        } else if (touched) {
            support.checkpoints().write(connection, run.execution(), live.checkpoint(atRest));
        }
        if (standsStill) {
            RunPlaces.release(connection, run.execution());
        } else if (waitingJob != null) {
            RunPlaces.parked(connection, run.execution(), waitingJob);
        } else if (goesOn) {
            RunPlaces.goesOn(connection, run.execution());
        }
    }

    /** State before checkpoint, which is the order in which its owner locks them. */
    private void end(Connection connection) throws java.sql.SQLException {
        support.remains().clear(connection, run);
        if (touched) {
            support.checkpoints().end(connection, live.owner());
        } else {
            support.checkpoints().end(connection, run.execution());
            support.remains().clear(connection, run); // what its owner wrote while the statement before waited for it
        }
    }

    /**
     * What the run did is stored, and its place may be another's.
     *
     * @return whether some other run can go on now
     */
    boolean committed() {
        settle();
        return isCounted()
                && (over || standsStill || waitingJob != null)
                && support.places().next(run.tenant().value());
    }

    private void settle() {
        if (over) {
            live.discard();
            support.runner().cancel(run.execution()); // what another thread still executes of it
            support.endOf(run);
        } else if (afterFailure == null && touched) {
            live.committed();
        } else {
            live.discard(); // opened, but no code of it ran: it must not stand for the run
        }
    }

    void rolledBack() {
        live.discard();
        if (isInstant()) {
            support.endOf(run);
        }
    }
}
