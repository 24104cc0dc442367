package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.text.BytesText;
import dev.merapi.api.text.DateTimeText;
import dev.merapi.api.text.InvalidText;
import dev.merapi.api.text.NumberText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;

/**
 * Values as text, the way PostgreSQL prints and reads them: shortest floats, {@code t} and {@code f}, bytea as
 * {@code \x…}, timestamps in ISO style with zone UTC, intervals in its own style, arrays in braces. Values of
 * record and sum types, which it does not have, are JSON; a variant without a payload is its bare name.
 *
 * <p>Reading accepts what PostgreSQL accepts with its default settings, except: infinite dates and timestamps, NaN and
 * infinite numerics (no such values here) and words that mean the present moment ({@code 'now'}, {@code 'today'}),
 * which are refused. Stateless.
 */
public final class TextFormat {
    private TextFormat() {}

    /** Returns the text of a value of the Java class of its type; lists may hold nulls. */
    public static String format(ColumnType type, Object value) {
        return switch (type) {
            case ScalarType scalar -> formatScalar(scalar, value);
            case DecimalType decimal -> ((BigDecimal) value).toPlainString();
            case VarcharType varchar -> (String) value;
            case ArrayType array -> ArrayText.format(array, (List<?>) value);
            case RecordType record -> NestedText.format(record, value);
            case SumType sum -> NestedText.format(sum, value);
        };
    }

    /**
     * Returns the value a text stands for. Text longer than a varchar is refused, decimals are rounded to their scale.
     *
     * @throws CodedException INVALID_VALUE, INVALID_DATETIME, DATETIME_OUT_OF_RANGE,
     *     VALUE_OUT_OF_RANGE, STRING_TOO_LONG
     */
    public static Object parse(ColumnType type, String text) {
        return switch (type) {
            case ScalarType scalar -> parseScalar(scalar, text);
            case DecimalType decimal -> NumberText.constrain(decimal, NumberText.parseDecimal(text));
            case VarcharType varchar -> limited(varchar, text);
            case ArrayType array -> ArrayText.parse(array, text);
            case RecordType record -> NestedText.parse(record, text);
            case SumType sum -> NestedText.parse(sum, text);
        };
    }

    private static String formatScalar(ScalarType type, Object value) {
        return switch (type) {
            case BOOL -> (Boolean) value ? "t" : "f";
            case I8, I16, I32, I64, I128, I256, U8, U16, U32, U64, U128, U256 -> value.toString();
            case F32 -> NumberText.format((Float) value);
            case F64 -> NumberText.format((Double) value);
            case TEXT -> (String) value;
            case JSON -> ((Json) value).text();
            case BYTES -> BytesText.format((byte[]) value);
            case DATE -> DateTimeText.format((LocalDate) value);
            case TIME -> DateTimeText.format((LocalTime) value);
            case TIMESTAMP -> DateTimeText.format((LocalDateTime) value);
            case TIMESTAMPTZ -> DateTimeText.format((Instant) value);
            case UUID, IDENTITY, CONNECTION_ID -> value.toString();
            case INTERVAL -> IntervalText.format((Interval) value);
        };
    }

    private static Object parseScalar(ScalarType type, String text) {
        return switch (type) {
            case BOOL -> parseBoolean(text);
            case I8, I16, I32, I64, I128, I256, U8, U16, U32, U64, U128, U256 -> NumberText.parseInteger(type, text);
            case F32 -> NumberText.parseFloat(text);
            case F64 -> NumberText.parseDouble(text);
            case TEXT -> checked(text);
            case JSON -> new Json(JsonText.canonical(text));
            case BYTES -> BytesText.parse(text);
            case DATE -> DateTimeText.parseDate(text);
            case TIME -> DateTimeText.parseTime(text);
            case TIMESTAMP -> DateTimeText.parseTimestamp(text);
            case TIMESTAMPTZ -> DateTimeText.parseInstant(text);
            case UUID -> BytesText.parseUuid(text);
            case INTERVAL -> IntervalText.parse(text);
            case IDENTITY -> Identity.fromHex(text);
            case CONNECTION_ID -> ConnectionId.fromHex(text);
        };
    }

    /** PostgreSQL takes any beginning of the words that is not shared by two of them. */
    private static Boolean parseBoolean(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (!word.isEmpty()) {
            if ("true".startsWith(word) || "yes".startsWith(word) || word.equals("on") || word.equals("1")) {
                return true;
            }
            boolean off = word.length() > 1 && "off".startsWith(word);
            if ("false".startsWith(word) || "no".startsWith(word) || off || word.equals("0")) {
                return false;
            }
        }
        throw InvalidText.of(ScalarType.BOOL, text);
    }

    private static String limited(VarcharType type, String text) {
        checked(text);
        if (text.length() > type.maxLength() && text.codePointCount(0, text.length()) > type.maxLength()) {
            throw new CodedException(ErrorCode.STRING_TOO_LONG, "value too long for its type")
                    .with("type", type.sqlName())
                    .with("length", text.codePointCount(0, text.length()));
        }
        return text;
    }

    private static String checked(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new CodedException(ErrorCode.INVALID_VALUE, "text cannot hold the character with code 0");
        }
        return text;
    }
}
