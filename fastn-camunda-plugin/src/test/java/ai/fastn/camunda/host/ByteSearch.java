package ai.fastn.camunda.host;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for texts in every row of every table of a database. */
public final class ByteSearch {

    private ByteSearch() {}

    /** What was found: table and text. Bytes stand in the text of a row as hex, and are found there too. */
    public static Set<String> find(JdbcClient database, Collection<String> texts) {
        Set<String> found = new TreeSet<>();
        List<String> tables = database.sql(
                        "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
                                + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")
                .query(String.class)
                .list();
        for (String table : tables) {
            for (String row : database.sql("SELECT t::text FROM " + table + " AS t")
                    .query(String.class)
                    .list()) {
                texts.stream()
                        .filter(text -> row.contains(text) || row.contains(hex(text)))
                        .forEach(text -> found.add(table + " " + text));
            }
        }
        return found;
    }

    public static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
