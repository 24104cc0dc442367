package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.RowLayout;
import dev.merapi.api.value.SumValue;
import dev.merapi.api.value.TextFormat;
import dev.merapi.query.SqlResult;
import dev.merapi.server.database.Request;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Results and errors as JSON. Whole numbers that a JavaScript number cannot hold exactly (beyond 2^53 - 1) and all
 * decimals are strings, as are values JSON has no form for; {@code jsonb} is embedded as it is.
 */
final class Json {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private static final long MAX_EXACT = (1L << 53) - 1;
    private static final BigInteger MAX_EXACT_BIG = BigInteger.valueOf(MAX_EXACT);

    private Json() {}

    static byte[] write(Consumer<JsonGenerator> body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            body.accept(out);
        }
        return bytes.toByteArray();
    }

    static byte[] results(List<SqlResult> results, Request.Receipt receipt) {
        return write(out -> {
            out.writeStartObject();
            out.writeName("results").writeStartArray();
            for (SqlResult result : results) {
                writeResult(out, result);
            }
            out.writeEndArray();
            out.writeName("position").writeString(receipt.position().toString());
            out.writeName("durable").writeBoolean(receipt.durable());
            out.writeEndObject();
        });
    }

    private static void writeResult(JsonGenerator out, SqlResult result) {
        RowType type = result.columns();
        out.writeStartObject();
        out.writeName("command").writeString(result.command());
        out.writeName("columns").writeStartArray();
        for (int i = 0; i < type.size(); i++) {
            out.writeStartObject();
            out.writeName("name").writeString(type.column(i).name());
            out.writeName("type").writeString(type.column(i).type().sqlName());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeName("rows").writeStartArray();
        RowLayout layout = RowLayout.of(type);
        for (byte[] row : result.rows()) {
            out.writeStartArray();
            for (int i = 0; i < type.size(); i++) {
                writeValue(out, type.column(i).type(), layout.get(row, i));
            }
            out.writeEndArray();
        }
        out.writeEndArray();
        out.writeName("rowCount").writeNumber(result.rowCount());
        out.writeEndObject();
    }

    static void writeValue(JsonGenerator out, ColumnType type, @Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case Boolean v -> out.writeBoolean(v);
            case Byte v -> out.writeNumber(v.intValue());
            case Short v -> out.writeNumber(v.intValue());
            case Integer v -> out.writeNumber(v.intValue());
            case Long v -> writeLong(out, v);
            case BigInteger v -> writeBig(out, v);
            case Float v -> writeFloat(out, v);
            case Double v -> writeDouble(out, v);
            case String v -> out.writeString(v);
            case dev.merapi.api.value.Json v -> out.writeRawValue(v.text());
            case LocalTime v -> out.writeString(DateTimeFormatter.ISO_LOCAL_TIME.format(v));
            case LocalDate v
            when hasFourDigits(v.getYear()) -> out.writeString(DateTimeFormatter.ISO_LOCAL_DATE.format(v));
            case LocalDateTime v
            when hasFourDigits(v.getYear()) -> out.writeString(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(v));
            case Instant v
            when hasFourDigits(v.atOffset(ZoneOffset.UTC).getYear()) ->
                out.writeString(DateTimeFormatter.ISO_INSTANT.format(v));
            case List<?> v -> writeArray(out, type, v);
            case RecordValue v -> writeRecord(out, v);
            case SumValue v -> writeSum(out, v);
            default -> out.writeString(TextFormat.format(type, value));
        }
    }

    /** Years that ISO 8601 writes without a sign; others go out as PostgreSQL prints them, which is read again. */
    private static boolean hasFourDigits(int year) {
        return year >= 1 && year <= 9999;
    }

    private static void writeArray(JsonGenerator out, ColumnType type, List<?> values) {
        ColumnType element = type instanceof ArrayType array ? array.element() : type;
        out.writeStartArray();
        for (Object value : values) {
            writeValue(out, element, value);
        }
        out.writeEndArray();
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

    private static void writeLong(JsonGenerator out, long value) {
        if (value >= -MAX_EXACT && value <= MAX_EXACT) {
            out.writeNumber(value);
        } else {
            out.writeString(Long.toString(value));
        }
    }

    private static void writeBig(JsonGenerator out, BigInteger value) {
        if (value.abs().compareTo(MAX_EXACT_BIG) <= 0) {
            out.writeNumber(value);
        } else {
            out.writeString(value.toString());
        }
    }

    private static void writeFloat(JsonGenerator out, float value) {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Float.toString(value));
        }
    }

    private static void writeDouble(JsonGenerator out, double value) {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Double.toString(value));
        }
    }

    static byte[] error(CodedException e) {
        return write(out -> {
            out.writeStartObject();
            out.writeName("error").writeStartObject();
            out.writeName("code").writeString(e.code().name());
            out.writeName("number").writeNumber(e.code().number());
            out.writeName("category").writeString(e.code().category().name());
            out.writeName("retryable").writeBoolean(e.code().isRetryable());
            String sqlState = e.code().sqlState();
            if (sqlState != null) {
                out.writeName("sqlState").writeString(sqlState);
            }
            out.writeName("message").writeString(clean(e.getMessage()));
            out.writeName("context").writeStartObject();
            for (Map.Entry<String, String> entry : e.context().entrySet()) {
                out.writeName(entry.getKey()).writeString(clean(entry.getValue()));
            }
            out.writeEndObject();
            String hint = e.hint();
            if (hint != null) {
                out.writeName("hint").writeString(clean(hint));
            }
            if (e.position().isPresent()) {
                out.writeName("position").writeNumber(e.position().getAsInt());
            }
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    /** Errors quote what somebody sent; half a surrogate pair cannot be written. */
    private static String clean(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
