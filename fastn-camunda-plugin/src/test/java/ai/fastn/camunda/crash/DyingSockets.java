package ai.fastn.camunda.crash;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.SocketFactory;

/**
 * The connections of a node to its databases. Each statement of ours that writes, and each commit of a transaction with
 * one, is a point before it is sent and another one when its answer arrives. PostgreSQL's driver makes this factory
 * itself, out of the parameters of a URL: {@link #url}.
 */
public final class DyingSockets extends SocketFactory {

    private static final ConcurrentMap<String, Lifeline> LIFELINES = new ConcurrentHashMap<>();

    /** What is looked for in the texts of statements, with the name of the point. */
    private static final Map<String, String> STATEMENTS = statements();

    private static final String COMMIT = "COMMIT";
    private static final List<String> WRITING =
            List.of(COMMIT, "INSERT", "UPDATE", "DELETE", "record_effect", "insert ", "update ", "delete ");

    private final Lifeline lifeline;

    /** For the driver. */
    public DyingSockets(String name) {
        lifeline = Objects.requireNonNull(LIFELINES.get(name));
    }

    /** The URL of a database with connections that die with this node; all statements travel as text. */
    static String url(String url, Lifeline lifeline) {
        String name = Integer.toHexString(System.identityHashCode(lifeline));
        LIFELINES.put(name, lifeline);
        return url + (url.contains("?") ? "&" : "?") + "prepareThreshold=0&socketFactory="
                + DyingSockets.class.getName() + "&socketFactoryArg=" + name;
    }

    private static Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("INSERT INTO fastn_checkpoint", "row of the run");
        statements.put("SET fence = fence + 1", "takeover");
        statements.put("UPDATE fastn_checkpoint SET sequence", "checkpoint");
        statements.put("DELETE FROM fastn_checkpoint", "end of the run");
        statements.put("INSERT INTO fastn_journal", "journal");
        statements.put("INSERT INTO fastn_state", "state");
        statements.put("fastn.record_effect", "ledger");
        statements.put("UPDATE fastn_execution", "log");
        return statements;
    }

    @Override
    public Socket createSocket() {
        return new Dying();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostName(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host.getHostName(), port);
    }

    /** One connection; the driver sends and receives in turn. */
    private final class Dying extends Socket {

        private final List<String> transaction = new ArrayList<>();
        private final List<String> unanswered = new ArrayList<>();

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    sends(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
                    out.write(bytes, from, length);
                }
            };
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int read = super.read(bytes, from, length);
                    receives();
                    return read;
                }
            };
        }

        private void sends(String text) throws IOException {
            if (lifeline.isDead() && WRITING.stream().anyMatch(text::contains)) {
                throw new Lifeline.Severed();
            }
            for (Map.Entry<String, String> statement : STATEMENTS.entrySet()) {
                if (text.contains(statement.getKey())) {
                    pass(statement.getValue());
                    transaction.add(statement.getValue());
                }
            }
            if (text.contains(COMMIT)) {
                if (!transaction.isEmpty()) {
                    pass("commit of " + String.join(", ", new TreeSet<>(transaction)));
                }
                transaction.clear();
            } else if (text.contains("ROLLBACK")) {
                transaction.clear();
            }
        }

        private void pass(String name) throws IOException {
            lifeline.pass("before " + name);
            unanswered.add("after " + name);
        }

        private void receives() throws IOException {
            while (!unanswered.isEmpty()) {
                lifeline.pass(unanswered.remove(0));
            }
        }
    }
}
