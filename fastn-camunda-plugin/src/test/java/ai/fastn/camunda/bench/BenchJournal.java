package ai.fastn.camunda.bench;

import ai.fastn.camunda.bench.CrashPlan.Point;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.runtime.JournalLine;
import ai.fastn.camunda.runtime.JournalStore;
import ai.fastn.camunda.runtime.Owner;
import ai.fastn.camunda.workflow.ExecutionId;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Journals in memory that tell the world what is on record, and can die before and after each write. */
final class BenchJournal implements JournalStore {

    private static final Comparator<Key> IN_ORDER =
            Comparator.comparingInt(Key::epoch).thenComparing(Key::kind).thenComparingInt(Key::ordinal);

    private final Map<ExecutionId, Map<Key, JournalLine>> journals = new ConcurrentHashMap<>();
    private final Map<Connection, Transaction> transactions = new ConcurrentHashMap<>();
    private final Function<ExecutionId, World> worlds;

    BenchJournal(Function<ExecutionId, World> worlds) {
        this.worlds = worlds;
    }

    private record Key(int epoch, JournalLine.Kind kind, int ordinal) {

        static Key of(JournalLine line) {
            return new Key(line.epoch(), line.kind(), line.ordinal());
        }
    }

    @Override
    public Taken take(ExecutionId execution, long sequence) {
        return new Taken(new Owner(execution, 0), load(execution));
    }

    @Override
    public List<JournalLine> load(ExecutionId execution) {
        Map<Key, JournalLine> journal = journal(execution);
        synchronized (journal) {
            return List.copyOf(journal.values());
        }
    }

    private Map<Key, JournalLine> journal(ExecutionId execution) {
        return journals.computeIfAbsent(execution, id -> new TreeMap<>(IN_ORDER));
    }

    @Override
    public int append(Owner owner, List<JournalLine> lines) {
        ExecutionId execution = owner.execution();
        World world = worlds.apply(execution);
        world.crashes().pass(Point.BEFORE_RECORD);
        int added = 0;
        for (JournalLine line : lines) {
            added += put(execution, world, line) ? 1 : 0;
        }
        world.crashes().pass(Point.AFTER_RECORD);
        return added;
    }

    private boolean put(ExecutionId execution, World world, JournalLine line) {
        Map<Key, JournalLine> journal = journal(execution);
        boolean isNew;
        synchronized (journal) {
            isNew = journal.putIfAbsent(Key.of(line), line) == null;
        }
        switch (line.kind()) {
            case OUTCOME -> world.recorded(line.ordinal());
            case RETRY -> world.retried(line.ordinal());
            case VALUES, STARTED, MOCKED -> {}
        }
        return isNew;
    }

    @Override
    public boolean append(Connection connection, Owner owner, List<JournalLine> lines) {
        Objects.requireNonNull(transactions.get(connection)).lines.addAll(lines);
        return true;
    }

    @Override
    public void forget(Owner owner, JournalLine started) {
        throw new UnsupportedOperationException("no call of a test is forgotten");
    }

    void delete(ExecutionId execution) {
        journals.remove(execution);
    }

    Transaction begin(ExecutionId execution) {
        Connection connection = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        Transaction transaction = new Transaction(execution, connection);
        transactions.put(connection, transaction);
        return transaction;
    }

    /** A transaction that an effect and its record share. */
    final class Transaction {
        private final ExecutionId execution;
        private final Connection connection;
        private final List<JournalLine> lines = new ArrayList<>();

        private Transaction(ExecutionId execution, Connection connection) {
            this.execution = execution;
            this.connection = connection;
        }

        void commit(OutcomeRecord record, EffectOutcome outcome) {
            try {
                record.write(connection, outcome);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            World world = worlds.apply(execution);
            lines.forEach(line -> put(execution, world, line));
            transactions.remove(connection);
        }
    }
}
