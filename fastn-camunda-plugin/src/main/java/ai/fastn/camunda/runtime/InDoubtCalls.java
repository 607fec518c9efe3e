package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.Transactions;
import ai.fastn.camunda.runtime.JournalLine.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The calls that durable runs have died in, and what somebody says of them. The next attempt goes by it. */
public final class InDoubtCalls {

    private final DataSource dataSource;
    private final FrameCipher cipher;

    public InDoubtCalls(DataSource dataSource, FrameCipher cipher) {
        this.dataSource = dataSource;
        this.cipher = cipher;
    }

    /**
     * The call was performed.
     *
     * @param outputJson what the service answered, as the code sees it
     * @throws FastnException NOTHING_IN_DOUBT
     */
    public void happened(RunScope scope, int call, String outputJson) {
        answer(scope, call, (rows, lines, begun) -> {
            Envelope envelope = new Envelope(cipher, scope);
            envelope.unpack(begun.content()); // sealed when the run had read a secret: then the answer is sealed too
            int last = lines.stream().mapToInt(JournalLine::completion).max().orElse(0);
            EffectOutcome outcome =
                    new EffectOutcome.Succeeded("{\"output\":" + outputJson + ",\"status\":200,\"durationMs\":0}");
            byte[] content = envelope.pack(OutcomeText.write(begun.effect(), outcome));
            JournalLine line = new JournalLine(
                    begun.epoch(), Kind.OUTCOME, call, begun.effect(), begun.digest(), last + 1, content);
            try (JournalRows.Insertion insertion = rows.insertion()) {
                insertion.add(scope.execution(), List.of(line));
                insertion.perform();
            }
        });
    }

    /**
     * The call was not performed: the next attempt makes it.
     *
     * @throws FastnException NOTHING_IN_DOUBT
     */
    public void didNotHappen(RunScope scope, int call) {
        answer(scope, call, (rows, lines, begun) -> rows.delete(scope.execution(), begun.key()));
    }

    private void answer(RunScope scope, int call, Answer answer) {
        try (Connection connection = dataSource.getConnection()) {
            Transactions.run(connection, () -> {
                JournalRows rows = new JournalRows(connection);
                // whatever still runs somewhere does not know of the answer and must write nothing
                boolean live = rows.raise(scope.execution());
                List<JournalLine> lines = live ? rows.lines(scope.execution()) : List.of();
                answer.write(rows, lines, begun(lines, scope, call));
                return true;
            });
        } catch (SQLException e) {
            throw new FastnException(
                    ErrorCode.JOURNAL_UNAVAILABLE,
                    "the answer can not be written: the database answers SQLSTATE " + e.getSQLState(),
                    e);
        }
    }

    private static JournalLine begun(List<JournalLine> lines, RunScope scope, int call) {
        return lines.stream()
                .filter(line -> line.kind() == Kind.STARTED && line.ordinal() == call)
                .filter(line -> lines.stream().noneMatch(other -> other.key().equals(line.outcomeKey())))
                .findFirst()
                .orElseThrow(() -> new FastnException(
                        ErrorCode.NOTHING_IN_DOUBT,
                        "call " + call + " of execution \"" + scope.execution() + "\" is not in doubt"));
    }

    /** What an answer changes. */
    private interface Answer {
        void write(JournalRows rows, List<JournalLine> lines, JournalLine begun) throws SQLException;
    }
}
