package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.ActionFailedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Map;

/** What a statement gave, as JSON: numbers that JavaScript can not hold exactly are texts, times are ISO 8601. */
final class SqlRows {

    /** Rows of a result at most. */
    static final int MOST = 10_000;

    private static final int MOST_CHARACTERS = 10 * 1024 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private final ResultSet rows;
    private final ResultSetMetaData columns;
    private int characters;

    private SqlRows(ResultSet rows) throws SQLException {
        this.rows = rows;
        this.columns = rows.getMetaData();
    }

    /**
     * Reads everything.
     *
     * @throws ActionFailedException when that is too much
     */
    static JsonNode of(PreparedStatement statement, boolean hasRows, int most)
            throws SQLException, ActionFailedException {
        ObjectNode result = JSON.createObjectNode();
        if (!hasRows) {
            result.putArray("rows");
            return result.put("rowCount", Math.max(0, statement.getUpdateCount()));
        }
        try (ResultSet rows = statement.getResultSet()) {
            ArrayNode all = new SqlRows(rows).all(most);
            result.set("rows", all);
            return result.put("rowCount", all.size());
        }
    }

    private ArrayNode all(int most) throws SQLException, ActionFailedException {
        ArrayNode all = JSON.createArrayNode();
        while (rows.next()) {
            if (all.size() == most) {
                throw tooMuch(most + " rows");
            }
            all.add(row());
            if (characters > MOST_CHARACTERS) {
                throw tooMuch(MOST_CHARACTERS + " characters");
            }
        }
        return all;
    }

    private static ActionFailedException tooMuch(String what) {
        return new ActionFailedException(
                "the statement gives more than " + what + "; it had no effect, ask for less", false, Map.of());
    }

    private ObjectNode row() throws SQLException {
        ObjectNode row = JSON.createObjectNode();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String text = rows.getString(column);
            characters += text == null ? 4 : text.length();
            row.set(columns.getColumnLabel(column), text == null ? JSON.nullNode() : cell(column, text));
        }
        return row;
    }

    private JsonNode cell(int column, String text) throws SQLException {
        var json = JSON.getNodeFactory();
        return switch (columns.getColumnType(column)) {
            case Types.BIT, Types.BOOLEAN -> json.booleanNode(rows.getBoolean(column));
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> json.numberNode(rows.getInt(column));
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> json.numberNode(rows.getDouble(column));
            case Types.DATE ->
                json.textNode(rows.getObject(column, LocalDate.class).toString());
            case Types.TIMESTAMP -> json.textNode(time(column));
            case Types.TIMESTAMP_WITH_TIMEZONE ->
                json.textNode(
                        rows.getObject(column, OffsetDateTime.class).toInstant().toString());
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                json.binaryNode(rows.getBytes(column));
            default -> isJson(column) ? parsed(text) : json.textNode(text);
        };
    }

    /** PostgreSQL's driver reports a time with zone as one without. */
    private String time(int column) throws SQLException {
        return columns.getColumnTypeName(column).equals("timestamptz")
                ? rows.getObject(column, OffsetDateTime.class).toInstant().toString()
                : rows.getObject(column, LocalDateTime.class).toString();
    }

    private boolean isJson(int column) throws SQLException {
        return columns.getColumnTypeName(column).startsWith("json");
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: the database gave JSON that is none", e);
        }
    }
}
