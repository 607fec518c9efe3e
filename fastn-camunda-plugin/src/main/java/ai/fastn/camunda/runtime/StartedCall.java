package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.runtime.JournalLine.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call of a run that has begun and has no outcome yet: somebody outside of the run says what came of it. */
record StartedCall(JournalRows rows, RunScope scope, List<JournalLine> lines, JournalLine begun) {

    /**
     * Finds it. Whatever still executes the run somewhere does not know what is said of the call, and can write nothing
     * from now on.
     *
     * @return empty when the run has ended or the call has an outcome
     */
    static Optional<StartedCall> find(Connection connection, RunScope scope, int call) throws SQLException {
        JournalRows rows = new JournalRows(connection);
        List<JournalLine> lines = rows.raise(scope.execution()) ? rows.lines(scope.execution()) : List.of();
        return lines.stream()
                .filter(line -> line.kind() == Kind.STARTED && line.ordinal() == call)
                .filter(line -> lines.stream().noneMatch(other -> other.key().equals(line.outcomeKey())))
                .findFirst()
                .map(line -> new StartedCall(rows, scope, lines, line));
    }

    /** Whether it is a wait, which nobody performs. */
    boolean isWait() {
        return begun.effect().equals(Poll.Call.TIMER) || begun.effect().equals(Poll.Call.WAIT_FOR);
    }

    /** Somebody says what it gave. */
    void answered(FrameCipher cipher, String output) throws SQLException {
        String json = asAnswer(output);
        Envelope envelope = new Envelope(cipher, scope);
        envelope.unpack(begun.content()); // sealed when the run had read a secret: then the answer is sealed too
        int last = lines.stream().mapToInt(JournalLine::completion).max().orElse(0);
        byte[] content = envelope.pack(OutcomeText.write(begun.effect(), new EffectOutcome.Succeeded(json)));
        JournalLine outcome = new JournalLine(
                begun.epoch(), Kind.OUTCOME, begun.ordinal(), begun.effect(), begun.digest(), last + 1, content);
        rows.insert(scope.execution(), outcome);
    }

    /** What the service would have answered. */
    private String asAnswer(String output) {
        if (begun.effect().startsWith("connector.")) {
            return "{\"output\":" + output + ",\"status\":200,\"durationMs\":0}";
        }
        return begun.effect().startsWith("fetch.")
                ? "{\"url\":\"\",\"status\":200,\"statusText\":\"OK\",\"redirected\":false,"
                        + "\"headers\":[[\"content-type\",\"application/json\"]],\"body\":"
                        + Json.write(Map.of("text", output)) + "}"
                : output;
    }

    /** It did not begin after all. */
    void forget() throws SQLException {
        rows.delete(scope.execution(), begun.key());
    }
}
