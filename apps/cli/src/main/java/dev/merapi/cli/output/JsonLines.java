package dev.merapi.cli.output;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import dev.merapi.api.value.TextFormat;
import dev.merapi.client.row.Row;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Rows and other things as one line of JSON each, with the rules of the server's HTTP results: whole numbers beyond
 * 2^53 and all decimals are strings, so that no reader loses digits; {@code jsonb} is embedded as it is.
 */
public final class JsonLines {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final long MAX_EXACT = (1L << 53) - 1;

    private JsonLines() {}

    /** An object whose fields the body writes. */
    public static String object(Consumer<JsonGenerator> body) {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            out.writeStartObject();
            body.accept(out);
            out.writeEndObject();
        }
        return line.toString();
    }

    public static String row(Row row) {
        return object(out -> writeFields(out, row));
    }

    /** Writes a field that holds rows. */
    public static void writeRows(JsonGenerator out, String name, List<Row> rows) {
        out.writeName(name).writeStartArray();
        for (Row row : rows) {
            out.writeStartObject();
            writeFields(out, row);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** Writes a field that holds places; nothing when there are none. */
    public static void writeIndexes(JsonGenerator out, String name, List<Integer> indexes) {
        if (!indexes.isEmpty()) {
            out.writeName(name).writeStartArray();
            indexes.forEach(out::writeNumber);
            out.writeEndArray();
        }
    }

    private static void writeFields(JsonGenerator out, Row row) {
        for (int i = 0; i < row.columns().size(); i++) {
            out.writeName(row.columns().column(i).name());
            writeValue(out, row.columns().column(i).type(), row.get(i));
        }
    }

    private static void writeValue(JsonGenerator out, ColumnType type, @Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case Boolean v -> out.writeBoolean(v);
            case Byte v -> out.writeNumber(v.intValue());
            case Short v -> out.writeNumber(v.intValue());
            case Integer v -> out.writeNumber(v.intValue());
            case Long v -> writeWhole(out, BigInteger.valueOf(v));
            case BigInteger v -> writeWhole(out, v);
            case Float v when Float.isFinite(v) -> out.writeNumber(v);
            case Double v when Double.isFinite(v) -> out.writeNumber(v);
            case String v -> out.writeString(v);
            case Json v -> out.writeRawValue(v.text());
            case LocalDate v -> out.writeString(DateTimeFormatter.ISO_LOCAL_DATE.format(v));
            case LocalTime v -> out.writeString(DateTimeFormatter.ISO_LOCAL_TIME.format(v));
            case LocalDateTime v -> out.writeString(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(v));
            case Instant v -> out.writeString(DateTimeFormatter.ISO_INSTANT.format(v));
            case List<?> v -> {
                out.writeStartArray();
                ColumnType element = type instanceof ArrayType array ? array.element() : type;
                v.forEach(each -> writeValue(out, element, each));
                out.writeEndArray();
            }
            case RecordValue v -> writeRecord(out, v);
            case SumValue v -> writeSum(out, v);
            default -> out.writeString(TextFormat.format(type, value));
        }
    }

    private static void writeRecord(JsonGenerator out, RecordValue value) {
        List<Column> fields = value.type().fields();
        out.writeStartObject();
        for (int i = 0; i < fields.size(); i++) {
            out.writeName(fields.get(i).name());
            writeValue(out, fields.get(i).type(), value.get(i));
        }
        out.writeEndObject();
    }

    private static void writeSum(JsonGenerator out, SumValue value) {
        ColumnType payload = value.type().variants().get(value.tag()).payload();
        if (payload == null) {
            out.writeString(value.variant());
        } else {
            out.writeStartObject();
            out.writeName(value.variant());
            writeValue(out, payload, value.payload());
            out.writeEndObject();
        }
    }

    private static void writeWhole(JsonGenerator out, BigInteger value) {
        if (value.abs().compareTo(BigInteger.valueOf(MAX_EXACT)) <= 0) {
            out.writeNumber(value);
        } else {
            out.writeString(value.toString());
        }
    }
}
