package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.jdbc.PgResultSet;

/** The result of a performed statement as JSON text: {@code {"columns", "rows", "rowCount"}}. */
final class SqlResult {

    private static final JsonFactory JSON = new JsonFactory();

    private final DbLimits limits;
    private final StringWriter text = new StringWriter();

    private SqlResult(DbLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads everything the statement gave.
     *
     * @throws FastnException DB_LIMIT when that is too much
     */
    static String read(PreparedStatement statement, boolean hasRows, DbLimits limits) throws SQLException {
        SqlResult result = new SqlResult(limits);
        try (JsonGenerator json = JSON.createGenerator(result.text)) {
            json.writeStartObject();
            int count = hasRows ? result.rows(statement, json) : result.noRows(statement, json);
            json.writeNumberField("rowCount", count);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("bug: a result can not be written", e);
        }
        return result.text.toString();
    }

    private int noRows(PreparedStatement statement, JsonGenerator json) throws IOException, SQLException {
        json.writeArrayFieldStart("columns");
        json.writeEndArray();
        json.writeArrayFieldStart("rows");
        json.writeEndArray();
        return Math.max(0, statement.getUpdateCount());
    }

    private int rows(PreparedStatement statement, JsonGenerator json) throws IOException, SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            int[] types = columns(rows, json);
            CellWriter cells = new CellWriter(json);
            int count = 0;
            json.writeArrayFieldStart("rows");
            while (rows.next()) {
                requireWithin(++count > limits.rows(), "more than " + limits.rows() + " rows");
                row(rows, types, json, cells);
                json.flush();
                requireWithin(text.getBuffer().length() > limits.bytes(), "more than " + limits.bytes() + " bytes");
            }
            json.writeEndArray();
            return count;
        }
    }

    private static int[] columns(ResultSet rows, JsonGenerator json) throws IOException, SQLException {
        // The names of types can not be asked for: tenants may not read the catalogue. Their numbers are at hand.
        PgResultSet numbers = rows.unwrap(PgResultSet.class);
        int[] types = new int[rows.getMetaData().getColumnCount()];
        json.writeArrayFieldStart("columns");
        for (int column = 1; column <= types.length; column++) {
            types[column - 1] = numbers.getColumnOID(column);
            json.writeString(rows.getMetaData().getColumnLabel(column));
        }
        json.writeEndArray();
        return types;
    }

    private static void row(ResultSet rows, int[] types, JsonGenerator json, CellWriter cells)
            throws IOException, SQLException {
        json.writeStartArray();
        for (int column = 1; column <= types.length; column++) {
            String text = rows.getString(column);
            if (text == null) {
                json.writeNull();
            } else {
                cells.write(types[column - 1], text);
            }
        }
        json.writeEndArray();
    }

    private static void requireWithin(boolean exceeded, String what) {
        if (exceeded) {
            throw new FastnException(
                    ErrorCode.DB_LIMIT,
                    "SQL statement gives " + what + "; it had no effect, ask for less, for example by LIMIT");
        }
    }
}
