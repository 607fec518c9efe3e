package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A call that the code waits for. */
final class OpenCall implements OutcomeRecord {

    private static final int DIGEST_BYTES = 16;

    final int id;
    final int ordinal;
    final EffectRequest request;
    final String digest;
    final @Nullable JournalLine known;
    private final Journal journal;
    private final JournalStore store;
    long startedAt;
    int place;
    long dueAt;
    boolean begunBefore;
    boolean awaitsTurn;
    Optional<String> payload = Optional.empty();

    @Nullable Future<?> work;

    EffectOutcome.@Nullable Called called;

    /** What the mocks of the run say instead of performing it. */
    @Nullable Mocked mocked;

    volatile @Nullable EffectOutcome outcome;
    volatile @Nullable RuntimeException bug;
    private volatile int completion;
    private volatile boolean recorded;
    private List<JournalLine> carried = List.of();

    OpenCall(Poll.Call call, int ordinal, Journal journal, JournalStore store) {
        this.id = call.id();
        this.ordinal = ordinal;
        this.request = new EffectRequest(call.name(), call.arguments());
        this.digest = digest(request);
        this.known = journal.recorded(ordinal);
        this.journal = journal;
        this.store = store;
    }

    private static String digest(EffectRequest request) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(request.name().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            byte[] hash = sha.digest(request.arguments().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: this Java has no SHA-256", e);
        }
    }

    boolean isTimer() {
        return request.name().equals(Poll.Call.TIMER);
    }

    /** Whether nothing is performed now: time, somebody outside or the end of another run goes on with it. */
    boolean isWait() {
        return isTimer() || isEvent() || called != null || awaitsTurn;
    }

    boolean isEvent() {
        return request.name().equals(Poll.Call.WAIT_FOR);
    }

    boolean isSecret() {
        return request.name().equals("secrets.get");
    }

    @Override
    public void write(Connection connection, EffectOutcome result) throws SQLException {
        if (completion == 0) {
            completion = journal.completions().reserve();
        }
        List<JournalLine> lines = new ArrayList<>(carried);
        lines.add(line(result, completion));
        recorded = store.append(connection, journal.owner(), lines);
    }

    /** These lines, of calls before it, are to be written with its outcome. */
    void carry(List<JournalLine> lines) {
        carried = lines;
    }

    List<JournalLine> carried() {
        return carried;
    }

    /** On whose behalf it is performed. */
    EffectScope scope(RunScope run, ConnectorVersions connectors, Duration remaining) {
        return new EffectScope(
                run.tenant(),
                run.environment(),
                run.workflow(),
                run.execution(),
                ordinal,
                journal.owner().fence(),
                journal.hasHistory(),
                run.callers(),
                journal.epoch(),
                begunBefore,
                connectors,
                remaining,
                journal.secrets().known(),
                run.input().mocks());
    }

    JournalLine line(EffectOutcome result, int place) {
        return journal.line(ordinal, request.name(), digest, result, place);
    }

    JournalLine begun() {
        return journal.begun(ordinal, request.name(), digest);
    }

    /** The line of a wait that outlives its step. */
    JournalLine parked(String content) {
        return journal.parked(ordinal, request.name(), digest, content);
    }

    /** The reserved place in the order of outcomes, 0 where none is. */
    int completion() {
        return completion;
    }

    /** Whether the effect's own transaction has committed this outcome. */
    boolean isRecorded() {
        return recorded && outcome instanceof EffectOutcome.Succeeded;
    }
}
