package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.runtime.GuestFailure.FailedEffect;
import ai.fastn.camunda.runtime.Passed.End;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JavaScript world of one run and where the run stands. Comes to life when its first piece of code runs: the base
 * is decoded and the path since then runs again, its calls answered from the journal.
 */
final class LiveContext {

    private static final Duration TIME_TO_SAVE = Duration.ofSeconds(10);

    private final Surroundings around;
    private final RunScope scope;
    private final Program program;
    private final JournalStore store;
    private final Envelope envelope;
    private final Path path = new Path();
    private final BasePolicy policy;
    private final @Nullable Checkpoint committed;
    private byte @Nullable [] base;
    private long sequence;
    private int attempt = 1;
    private int firstCall;
    private @Nullable Journal journal;
    private @Nullable MockedCalls mocks;
    private @Nullable Realm realm;
    private @Nullable Consumer<Realm> beginning;
    private boolean rebuilding;
    private @Nullable String result;

    LiveContext(
            Surroundings around, RunScope scope, Program program, JournalStore store, @Nullable Checkpoint committed) {
        this.around = around;
        this.scope = scope;
        this.program = program;
        this.store = store;
        this.envelope = new Envelope(around.cipher(), scope);
        this.policy = new BasePolicy(around.limits().replayMillis());
        this.committed = committed;
        this.base = committed == null ? null : committed.base();
        this.sequence = committed == null ? 0 : committed.sequence();
    }

    RunScope scope() {
        return scope;
    }

    Program program() {
        return program;
    }

    ProgramSource source() {
        return live().source();
    }

    long sequence() {
        return sequence;
    }

    /** Number under which this context may write. */
    long fence() {
        return journal().owner().fence();
    }

    int attempt() {
        return attempt;
    }

    Journal journal() {
        if (journal == null) {
            List<Integer> epochs =
                    committed == null ? List.of() : stored(committed).epochs();
            journal = new Journal(scope, store, envelope, around.limits(), sequence, epochs);
        }
        return journal;
    }

    private @Nullable MockedCalls mocks() {
        if (mocks == null && scope.input().mocks().hasRules()) {
            mocks = new MockedCalls(around, scope, program.connectors(), journal());
        }
        return mocks;
    }

    Poll execute(Piece piece, Budget budget) {
        Realm live = realm != null ? realm : rebuilt(budget);
        return drive(live, piece, budget, false);
    }

    private Poll drive(Realm live, Piece piece, Budget budget, boolean replaying) {
        firstCall = journal().next();
        attempt = piece.attempt();
        long clockOffset = around.clockOffset();
        StepLoop loop = new StepLoop(
                around,
                scope,
                program.connectors(),
                live,
                journal(),
                store,
                budget,
                piece.elementId(),
                replaying,
                mocks());
        AtomicLong booting = new AtomicLong();
        Poll poll = loop.drive(() -> {
            booting.set(begin(live));
            return live.start(piece, clockOffset);
        });
        policy.ran(loop.guestNanos() - booting.get());
        result = poll.result();
        return poll;
    }

    /** Runs no code of the author yet, unless there is some to repeat. */
    private Realm rebuilt(Budget budget) {
        Realm live = around.sandbox().realm(program);
        realm = live;
        beginning = base == null ? freshBeginning() : beginningFrom(envelope.unpack(base));
        if (committed != null) {
            rebuilding = true;
            for (Passed passed : stored(committed).entries()) {
                repeat(live, passed, budget);
            }
            rebuilding = false;
        }
        return live;
    }

    private Consumer<Realm> freshBeginning() {
        String values = journal().valuesFrom(0);
        String execution = executionJson();
        EffectOutcome.Succeeded input = new SealedInputs(around.cipher()).open(scope);
        if (!input.secrets().isEmpty()) {
            envelope.seal();
            journal().secrets().add(input.secrets());
        }
        return live -> {
            live.replay(values, 0);
            live.begin(input.json(), scope.headersJson(), execution);
        };
    }

    private Consumer<Realm> beginningFrom(String stored) {
        int end = stored.indexOf('\n');
        JsonNode facts = Json.read(stored.substring(0, end));
        Journal record = journal();
        record.continueAt(facts.path("next").asInt());
        record.secrets().restore(facts.path("secrets"));
        return live -> {
            int read = live.restore(stored.substring(end + 1));
            live.replay(record.valuesFrom(read), read);
        };
    }

    /** On the guest thread, before anything else runs there; returns how long it took. */
    private long begin(Realm live) {
        Consumer<Realm> first = beginning;
        if (first == null) {
            return 0;
        }
        beginning = null;
        long began = System.nanoTime();
        first.accept(live);
        return System.nanoTime() - began;
    }

    private Path.Stored stored(Checkpoint checkpoint) {
        return Path.Stored.of(envelope.unpack(checkpoint.path()));
    }

    private String executionJson() {
        return Json.write(Map.of(
                "id", scope.execution().value(),
                "attempt", 1,
                "version", scope.version(),
                "environment", scope.environment().name(),
                "tenant", scope.tenant().value(),
                "trigger", scope.trigger().word()));
    }

    private void repeat(Realm live, Passed passed, Budget budget) {
        Piece piece = Piece.of(passed, program);
        Poll poll = drive(live, piece, budget, true);
        End end = endOf(passed, poll);
        if (end != passed.end()) {
            throw new FastnException(
                    ErrorCode.NON_DETERMINISTIC,
                    "\"" + passed.elementId() + "\" does not repeat what it did: it ended with " + passed.end()
                            + " and now ends with " + end);
        }
        if (end == End.CAUGHT) {
            throwCaught(budget);
        }
        pass(piece, end);
    }

    private static End endOf(Passed passed, Poll poll) {
        if (poll.state() != Poll.State.DONE) {
            return End.CAUGHT;
        }
        if (passed.kind() == Passed.Kind.CONDITION) {
            return poll.answer().asBoolean() ? End.YES : End.NO;
        }
        return End.DONE;
    }

    void pass(Piece piece, End end) {
        path.add(new Passed(piece.kind(), piece.elementId(), piece.attempt(), end), firstCall);
        policy.passed(end == End.CAUGHT);
    }

    void throwCaught(Budget budget) {
        Realm live = live();
        result = null;
        call(budget, () -> {
            live.throwCaught();
            return true;
        });
    }

    JsonNode failure(Budget budget) {
        return call(budget, live()::failure);
    }

    String result(Budget budget) {
        if (result != null) {
            return result;
        }
        Realm live = realm != null ? realm : rebuilt(budget);
        return call(budget, () -> {
            begin(live);
            return live.result();
        });
    }

    private Realm live() {
        if (realm == null) {
            throw new IllegalStateException("bug: " + scope + " is not live");
        }
        return realm;
    }

    private <T> T call(Budget budget, Callable<T> turn) {
        return around.threads().call(live().context(), budget, turn);
    }

    /** The failed effect with the element that called it; {@code running} is not in the path yet. */
    @Nullable FailedEffect failedEffect(int ordinal, Piece running) {
        if (ordinal >= firstCall) {
            return new FailedEffect(ordinal, running.elementId());
        }
        OptionalInt index = path.indexOfCall(ordinal);
        return index.isPresent()
                ? new FailedEffect(ordinal, path.get(index.getAsInt()).elementId())
                : null;
    }

    /**
     * The next attempt starts with the piece that made the failed call, and performs the call anew; where a base was
     * written since, the call's outcome stays.
     */
    void goBackTo(FailedEffect effect) {
        OptionalInt index = path.indexOfCall(effect.ordinal());
        boolean inRunningPiece = effect.ordinal() >= firstCall;
        if (!journal().knowsFailure(effect.ordinal()) || (!inRunningPiece && index.isEmpty())) {
            return;
        }
        if (!inRunningPiece) {
            path.cut(index.orElseThrow());
        }
        journal().retryFrom(effect.ordinal());
    }

    Checkpoint checkpoint(boolean atRest) {
        journal().flush();
        boolean written = realm != null && !path.isEmpty() && policy.isWorthIt(atRest) && writeBase(realm);
        sequence++;
        return new Checkpoint(
                sequence, base, written, envelope.pack(path.json(journal().epochs())), fence());
    }

    /**
     * The checkpoint without a new base, for the variables may be half changed; where it was the rebuilding that was
     * stopped, the whole path that was to be repeated.
     */
    Checkpoint checkpointAsIs() {
        journal().flush();
        sequence++;
        byte[] passed = committed != null && rebuilding
                ? committed.path()
                : envelope.pack(path.json(journal().epochs()));
        return new Checkpoint(sequence, base, false, passed, fence());
    }

    private boolean writeBase(Realm live) {
        long began = System.nanoTime();
        Budget budget = new Budget(TIME_TO_SAVE, around.limits().bytesPerStep());
        String frame = around.threads().call(live.context(), budget, live::save);
        long took = System.nanoTime() - began;
        if (frame == null || frame.length() > around.limits().frameBytes()) {
            policy.refused(took);
            return false;
        }
        Map<String, Object> facts =
                Map.of("next", journal().next(), "secrets", journal().secrets().saved());
        base = envelope.pack(Json.write(facts) + "\n" + frame);
        path.clear();
        policy.written(took);
        return true;
    }

    /** Frees the memory; the run can be opened again from its checkpoint. */
    void close() {
        if (realm != null) {
            around.threads().dispose(realm.context());
            realm = null;
        }
    }
}
