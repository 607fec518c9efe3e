import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * DBOS Transact: a workflow of ten steps, five of which write and five read a row. Started from this text, because its
 * libraries contradict those of the host; answers as {@code Peer} does.
 */
public final class DbosPeer {

    private static final int RUNS = Integer.getInteger("bench.runs");
    private static final int THREADS = 4;

    /** The workflow. */
    public interface Orders {
        int order(String id) throws SQLException;
    }

    /** Its ten steps. */
    public static final class OrdersInSteps implements Orders {

        private final DBOS dbos;
        private final HikariDataSource pool;

        OrdersInSteps(DBOS dbos, HikariDataSource pool) {
            this.dbos = dbos;
            this.pool = pool;
        }

        @Override
        @Workflow(name = "order")
        public int order(String id) throws SQLException {
            int items = 2;
            for (int i = 1; i <= 5; i++) {
                String key = "value-" + i;
                int value = items;
                dbos.runStep(() -> write(id, key, value), "write-" + i);
                items = dbos.runStep(() -> read(id, key), "read-" + i);
            }
            return items;
        }

        private int write(String id, String key, int value) throws SQLException {
            try (Connection connection = pool.getConnection();
                    PreparedStatement upsert = connection.prepareStatement(
                            "INSERT INTO state VALUES (?, ?, ?) ON CONFLICT (run, key) DO UPDATE SET value = excluded.value")) {
                upsert.setString(1, id);
                upsert.setString(2, key);
                upsert.setInt(3, value);
                return upsert.executeUpdate();
            }
        }

        private int read(String id, String key) throws SQLException {
            try (Connection connection = pool.getConnection();
                    PreparedStatement select =
                            connection.prepareStatement("SELECT value FROM state WHERE run = ? AND key = ?")) {
                select.setString(1, id);
                select.setString(2, key);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        }
    }

    public static void main(String[] args) throws Exception {
        try (HikariDataSource pool = new HikariDataSource();
                BufferedReader names = new BufferedReader(new InputStreamReader(System.in))) {
            pool.setJdbcUrl(System.getProperty("bench.url"));
            pool.setMaximumPoolSize(20);
            try (Connection connection = pool.getConnection()) {
                connection.createStatement().execute("CREATE TABLE state (run text, key text, value int, PRIMARY KEY (run, key))");
            }
            DBOS dbos = new DBOS(DBOSConfig.defaults("bench").withDataSource(pool));
            Orders orders = dbos.registerProxy(Orders.class, new OrdersInSteps(dbos, pool));
            dbos.launch();
            System.out.println("figures {}");
            while (names.readLine() != null) {
                secondsOf(dbos, orders, RUNS / 5);
                System.out.println("figures {\"runsPerSecond\":" + RUNS / secondsOf(dbos, orders, RUNS) + "}");
            }
            dbos.shutdown();
        }
    }

    private static double secondsOf(DBOS dbos, Orders orders, int count) throws Exception {
        long start = System.nanoTime();
        ExecutorService starters = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> ends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "run-" + start + "-" + i;
            Callable<Integer> run = () -> {
                WorkflowHandle<Integer, SQLException> handle = dbos.startWorkflow(() -> orders.order(id));
                return handle.getResult();
            };
            ends.add(starters.submit(run));
        }
        for (Future<Integer> end : ends) {
            end.get();
        }
        starters.shutdown();
        return (System.nanoTime() - start) / 1e9;
    }
}
