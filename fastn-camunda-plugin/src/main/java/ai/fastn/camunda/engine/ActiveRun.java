package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.Checkpoint;
import ai.fastn.camunda.runtime.GuestFailure;
import ai.fastn.camunda.runtime.LiveRun;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunRecord;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run while one engine command moves its token: its live context, and what the commit has to store. */
final class ActiveRun {

    /** A burst of steps commits at least this often, so that Cockpit shows where a run is and little is done twice. */
    static final Duration BURST = Duration.ofMillis(200);

    private final Run run;
    private final RunSupport support;
    private final Function<Optional<Checkpoint>, LiveRun> opener;
    private final Instant begun = RunSession.now();
    private LiveRun live;
    private @Nullable Checkpoint afterFailure;
    private boolean touched;
    private boolean atRest;
    private boolean over;

    ActiveRun(
            Run run,
            RunSupport support,
            Function<Optional<Checkpoint>, LiveRun> opener,
            Optional<Checkpoint> committed) {
        this.run = run;
        this.support = support;
        this.opener = opener;
        this.live = opener.apply(committed);
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

    /** The process instance has ended. */
    void over() {
        over = true;
    }

    /** Stores the position in the engine's transaction. */
    void store(Connection connection) throws java.sql.SQLException {
        if (isInstant()) {
            return;
        }
        if (over) {
            support.checkpoints().delete(connection, run.execution());
        } else if (afterFailure != null) {
            support.checkpoints().write(connection, run.execution(), afterFailure);
        } else if (touched) {
            support.checkpoints().write(connection, run.execution(), live.checkpoint(atRest));
        }
    }

    void committed() {
        if (over) {
            live.discard();
            support.endOf(run);
        } else if (afterFailure == null && touched) {
            live.committed();
        }
    }

    void rolledBack() {
        live.discard();
        if (isInstant()) {
            support.endOf(run);
        }
    }
}
