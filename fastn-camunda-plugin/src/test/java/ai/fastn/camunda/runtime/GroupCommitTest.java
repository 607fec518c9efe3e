package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.effect.EffectDatabases;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lines of several runs in one transaction: all of them, each once, and none for the fault of another. */
class GroupCommitTest {

    private final DataSource database = EffectDatabases.plugin();
    private final PersistedRuns runs = new PersistedRuns(database);
    private final AtomicInteger commits = new AtomicInteger();
    private final Semaphore mayCommit = new Semaphore(0);
    private final CountDownLatch firstCommit = new CountDownLatch(1);

    @Test
    void runsThatWaitWhileOneIsWrittenAreWrittenTogether() {
        JdbcJournal journal = new JdbcJournal(slow(database));
        List<Owner> owners = IntStream.range(0, 12).mapToObj(i -> owner()).toList();

        CompletableFuture<Integer> first = appending(journal, owners.get(0));
        awaitFirstCommit();
        List<CompletableFuture<Integer>> others =
                owners.stream().skip(1).map(owner -> appending(journal, owner)).toList();
        awaitUntilWaiting(11);
        mayCommit.release(100);

        assertThat(first.join()).isOne();
        assertThat(others).allSatisfy(each -> assertThat(each.join()).isOne());
        assertThat(commits).as("transactions for 12 runs").hasValue(2);
        assertThat(owners).allSatisfy(owner -> assertThat(lines(owner)).isOne());
    }

    @Test
    void aRunThatWasTakenOverIsRefusedAndTheOthersOfItsGroupAreWritten() {
        JdbcJournal journal = new JdbcJournal(slow(database));
        Owner stale = owner();
        new JdbcJournal(database).take(stale.execution(), 0);
        Owner good = owner();
        CompletableFuture<Integer> blocking = appending(journal, owner());
        awaitFirstCommit();
        CompletableFuture<Integer> refused = appending(journal, stale);
        CompletableFuture<Integer> written = appending(journal, good);
        awaitUntilWaiting(2);
        mayCommit.release(100);

        assertThat(blocking.join()).isOne();
        assertThat(written.join()).isOne();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(TakenOverException.class);
        assertThat(lines(stale)).isZero();
    }

    @Test
    void aLineThatTheDatabaseRefusesFailsItsOwnRunOnly() {
        JdbcJournal journal = new JdbcJournal(slow(database));
        Owner bad = owner();
        Owner good = owner();
        CompletableFuture<Integer> blocking = appending(journal, owner());
        awaitFirstCommit();
        CompletableFuture<Integer> refused = CompletableFuture.supplyAsync(
                () -> journal.append(bad, List.of(line("NUL \0 is no text"))), GroupCommitTest::start);
        CompletableFuture<Integer> written = appending(journal, good);
        awaitUntilWaiting(2);
        mayCommit.release(100);

        assertThat(blocking.join()).isOne();
        assertThat(written.join()).isOne();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(FastnException.class);
    }

    /** The transaction that ends a run may belong to a thread that waits for its turn. */
    @Test
    void aRunWhoseRowIsBeingChangedDoesNotKeepTheOthersWaiting() throws SQLException {
        JdbcJournal journal = new JdbcJournal(database);
        Owner ending = owner();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DELETE FROM fastn_checkpoint WHERE execution_id = '" + ending.execution() + "'");
            CompletableFuture<Integer> late = appending(journal, ending);

            assertThat(journal.append(owner(), List.of(line("x")))).isOne();

            assertThat(late).isNotDone();
            connection.commit();
            assertThatThrownBy(late::join).hasCauseInstanceOf(TakenOverException.class);
        }
    }

    @Test
    void aLineThatIsThereAlreadyIsNotNew() {
        JdbcJournal journal = new JdbcJournal(database);
        Owner owner = owner();

        assertThat(journal.append(owner, List.of(line("x")))).isOne();
        assertThat(journal.append(owner, List.of(line("x")))).isZero();
        assertThat(lines(owner)).isOne();
    }

    private Owner owner() {
        RunScope scope = TestEngine.scope("{}");
        runs.begin(scope);
        return new JdbcJournal(database).take(scope.execution(), 0).owner();
    }

    private static JournalLine line(String effect) {
        return new JournalLine(
                0, JournalLine.Kind.OUTCOME, 0, effect, "d", 1, "content".getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<Integer> appending(JdbcJournal journal, Owner owner) {
        return CompletableFuture.supplyAsync(() -> journal.append(owner, List.of(line("x"))), GroupCommitTest::start);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "appending");
        thread.start();
    }

    private static void awaitUntilWaiting(int count) {
        long waiting;
        do {
            Thread.onSpinWait();
            waiting = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("appending"))
                    .filter(thread -> thread.getState() == Thread.State.WAITING)
                    .filter(thread -> java.util.Arrays.stream(thread.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().contains("ReentrantLock")))
                    .count();
        } while (waiting < count);
    }

    private void awaitFirstCommit() {
        try {
            firstCommit.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long lines(Owner owner) {
        return JdbcClient.create(database)
                .sql("SELECT count(*) FROM fastn_journal WHERE execution_id = ?")
                .param(owner.execution().value())
                .query(Long.class)
                .single();
    }

    /** A database whose commits take until they may end. */
    private DataSource slow(DataSource real) {
        return proxy(DataSource.class, real, (method, result) -> {
            return method.equals("getConnection") ? slow((Connection) result) : result;
        });
    }

    private Connection slow(Connection real) {
        return proxy(Connection.class, real, (method, result) -> {
            if (method.equals("commit")) {
                commits.incrementAndGet();
                firstCommit.countDown();
                mayCommit.acquireUninterruptibly();
            }
            return result;
        });
    }

    private static <T> T proxy(Class<T> type, T real, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            try {
                return after.call(method.getName(), method.invoke(real, args));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    /** What happens after a call. */
    private interface After {
        Object call(String method, Object result);
    }
}
