package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.Credentials;
import ai.fastn.camunda.effect.connector.EgressGuard;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Databases that tenants have connected: one that the operator lists, or one at an address that the operator allows,
 * each as the user of the connection. An address has no parameters, as those of drivers can load code; a connection of
 * the database lasts one call, so that a change is in force with the next one and nobody holds what nobody uses.
 */
final class SqlConnections {

    private static final Pattern ADDRESS = Pattern.compile(
            "(jdbc:[a-z]+://(?<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?):(?<port>[0-9]{1,5})/)(?<database>[A-Za-z0-9_-]+)");
    private static final Pattern ALLOWED =
            Pattern.compile("(?<url>jdbc:[a-z]+://[A-Za-z0-9.-]+:[0-9]{1,5}/(?:\\*|[A-Za-z0-9_-]+))(?<params>\\?.*)?");
    private static final String CONNECT_SECONDS = "5";

    private final SqlSources sources;
    private final List<Allowed> allowed;
    private final EgressGuard guard;

    /** INSTALLATION for an entry that is no address. */
    SqlConnections(SqlSources sources, List<String> allowed, EgressGuard guard) {
        this.sources = sources;
        this.allowed = allowed.stream().map(Allowed::of).toList();
        this.guard = guard;
    }

    /** A connection of the database, which the caller closes; nothing is committed by itself. */
    Connection open(Credentials credentials) throws SQLException, IOException {
        @Nullable String source = credentials.settings().get("source");
        String url = source == null ? url(credentials.settings().get("url")) : sources.url(source);
        Properties properties = new Properties();
        put(properties, "user", credentials.fields().get("username"));
        put(properties, "password", credentials.fields().get("password"));
        if (url.startsWith("jdbc:postgresql:")) {
            // a text takes the type of its place: date, uuid, jsonb
            properties.put("stringtype", "unspecified");
            properties.put("connectTimeout", CONNECT_SECONDS);
            properties.put("logServerErrorDetail", "false"); // the values of a statement that failed
        }
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void put(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }

    private String url(@Nullable String text) throws IOException {
        if (text == null) {
            throw Input.incomplete("connection has neither a setting \"source\" nor \"url\"");
        }
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            throw Input.incomplete("setting \"url\" of the connection is not jdbc:<driver>://<host>:<port>/<database>");
        }
        String url = allowed.stream()
                .flatMap(each -> each.completed(address).stream())
                .findFirst()
                .orElseThrow(
                        () -> Input.refused("database \"" + text + "\" may not be used by connections: the operator"
                                + " lists those that may in fastn.connectors.sql-allow"));
        guard.resolve(address.group("host"), Integer.parseInt(address.group("port")));
        return url;
    }

    /** An entry of the operator. */
    private record Allowed(String url, String params) {

        static Allowed of(String entry) {
            Matcher matcher = ALLOWED.matcher(entry);
            if (!matcher.matches()) {
                throw new FastnException(
                        ErrorCode.INSTALLATION,
                        "fastn.connectors.sql-allow holds an entry that is not"
                                + " jdbc:<driver>://<host>:<port>/<database or *>, with ?parameters if wanted");
            }
            return new Allowed(
                    matcher.group("url"),
                    Optional.ofNullable(matcher.group("params")).orElse(""));
        }

        Optional<String> completed(Matcher address) {
            String all = address.group(1) + "*";
            return url.equalsIgnoreCase(address.group()) || url.equalsIgnoreCase(all)
                    ? Optional.of(address.group() + params)
                    : Optional.empty();
        }
    }
}
