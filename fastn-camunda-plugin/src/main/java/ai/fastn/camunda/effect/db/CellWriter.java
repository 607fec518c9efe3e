package ai.fastn.camunda.effect.db;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.postgresql.core.Oid;

/**
 * Writes one cell of a result in the form that goes to the author's code, with the types of node-postgres: int8 and
 * numeric stay texts because a JavaScript number can not hold them.
 */
final class CellWriter {

    /** What the elements of an array type are. */
    private static final Map<Integer, Integer> ELEMENTS = Map.ofEntries(
            Map.entry(Oid.BOOL_ARRAY, Oid.BOOL),
            Map.entry(Oid.INT2_ARRAY, Oid.INT2),
            Map.entry(Oid.INT4_ARRAY, Oid.INT4),
            Map.entry(Oid.INT8_ARRAY, Oid.INT8),
            Map.entry(Oid.OID_ARRAY, Oid.OID),
            Map.entry(Oid.FLOAT4_ARRAY, Oid.FLOAT4),
            Map.entry(Oid.FLOAT8_ARRAY, Oid.FLOAT8),
            Map.entry(Oid.NUMERIC_ARRAY, Oid.NUMERIC),
            Map.entry(Oid.MONEY_ARRAY, Oid.MONEY),
            Map.entry(Oid.TEXT_ARRAY, Oid.TEXT),
            Map.entry(Oid.VARCHAR_ARRAY, Oid.VARCHAR),
            Map.entry(Oid.BPCHAR_ARRAY, Oid.BPCHAR),
            Map.entry(Oid.NAME_ARRAY, Oid.NAME),
            Map.entry(Oid.UUID_ARRAY, Oid.UUID),
            Map.entry(Oid.BYTEA_ARRAY, Oid.BYTEA),
            Map.entry(Oid.DATE_ARRAY, Oid.DATE),
            Map.entry(Oid.TIME_ARRAY, Oid.TIME),
            Map.entry(Oid.TIMESTAMP_ARRAY, Oid.TIMESTAMP),
            Map.entry(Oid.TIMESTAMPTZ_ARRAY, Oid.TIMESTAMPTZ),
            Map.entry(Oid.INTERVAL_ARRAY, Oid.INTERVAL),
            Map.entry(Oid.JSON_ARRAY, Oid.JSON),
            Map.entry(Oid.JSONB_ARRAY, Oid.JSONB));

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:mm:ss", "+00")
            .toFormatter();

    private final JsonGenerator json;

    CellWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(int type, String text) throws IOException {
        Integer element = ELEMENTS.get(type);
        if (element != null) {
            writeArray(element, text);
            return;
        }
        switch (type) {
            case Oid.BOOL -> json.writeBoolean(text.equals("t"));
            case Oid.INT2, Oid.INT4, Oid.OID, Oid.FLOAT4, Oid.FLOAT8 -> writeNumber(text);
            case Oid.DATE, Oid.TIMESTAMP, Oid.TIMESTAMPTZ -> writeTime(text);
            case Oid.JSON, Oid.JSONB -> {
                json.writeStartObject();
                json.writeFieldName("json");
                json.writeRawValue(text);
                json.writeEndObject();
            }
            case Oid.BYTEA -> writeObject("bytes", Base64.getEncoder().encodeToString(bytes(text)));
            default -> json.writeString(text);
        }
    }

    /** NaN and Infinity, which JSON does not have, become texts. */
    private void writeNumber(String text) throws IOException {
        if (Character.isLetter(text.charAt(text.length() - 1))) {
            json.writeString(text);
        } else {
            json.writeNumber(text);
        }
    }

    /** Times without a zone are in UTC; infinity and years B.C., which a Date can not show, become texts. */
    private void writeTime(String text) throws IOException {
        Optional<Instant> instant = instant(text);
        if (instant.isPresent()) {
            writeObject("date", instant.get().toString());
        } else {
            json.writeString(text);
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            TemporalAccessor time = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return Optional.of(toInstant(time).truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant toInstant(TemporalAccessor time) {
        if (time instanceof OffsetDateTime zoned) {
            return zoned.toInstant();
        }
        return time instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private void writeArray(int element, String text) throws IOException {
        new ArrayLiteral(text).walk(new ArrayLiteral.Visitor() {
            @Override
            public void begin() throws IOException {
                json.writeStartArray();
            }

            @Override
            public void item(String item) throws IOException {
                write(element, item);
            }

            @Override
            public void nothing() throws IOException {
                json.writeNull();
            }

            @Override
            public void end() throws IOException {
                json.writeEndArray();
            }
        });
    }

    private void writeObject(String name, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField(name, value);
        json.writeEndObject();
    }

    private static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.substring(2));
    }
}
