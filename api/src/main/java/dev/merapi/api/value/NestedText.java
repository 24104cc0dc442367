package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.text.InvalidText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records and sums as text: JSON, with numbers, truth values and lists as such and all else as its text in quotes. A
 * record is an object; a variant with a payload is an object of that one member, a variant without one a string, or its
 * bare name where it is the whole text.
 *
 * <p>Reading takes members in any order. A member that is left out is NULL, where it may be.
 */
final class NestedText {
    private NestedText() {}

    static String format(ColumnType type, Object value) {
        if (value instanceof SumValue sum
                && sum.type().variants().get(sum.tag()).payload() == null) {
            return sum.variant();
        }
        StringBuilder out = new StringBuilder();
        append(out, type, value);
        return out.toString();
    }

    private static void append(StringBuilder out, ColumnType type, @Nullable Object value) {
        if (value == null) {
            out.append("null");
            return;
        }
        switch (type) {
            case ScalarType scalar -> appendScalar(out, scalar, value);
            case DecimalType decimal -> out.append(((BigDecimal) value).toPlainString());
            case VarcharType varchar -> JsonText.appendString(out, (String) value);
            case ArrayType array -> {
                String separator = "[";
                for (Object element : (List<?>) value) {
                    append(out.append(separator), array.element(), element);
                    separator = ", ";
                }
                out.append(separator.equals("[") ? "[]" : "]");
            }
            case RecordType record -> {
                String separator = "{";
                for (int i = 0; i < record.fields().size(); i++) {
                    Column field = record.fields().get(i);
                    appendKey(out.append(separator), field.name());
                    append(out, field.type(), ((RecordValue) value).get(i));
                    separator = ", ";
                }
                out.append(separator.equals("{") ? "{}" : "}");
            }
            case SumType sum -> appendSum(out, (SumValue) value);
        }
    }

    private static void appendSum(StringBuilder out, SumValue value) {
        ColumnType payload = value.type().variants().get(value.tag()).payload();
        if (payload == null) {
            JsonText.appendString(out, value.variant());
        } else {
            appendKey(out.append('{'), value.variant());
            append(out, payload, value.payload());
            out.append('}');
        }
    }

    private static void appendKey(StringBuilder out, String key) {
        JsonText.appendString(out, key);
        out.append(": ");
    }

    private static void appendScalar(StringBuilder out, ScalarType type, Object value) {
        String text = TextFormat.format(type, value);
        switch (type) {
            case BOOL -> out.append(value);
            case I8, I16, I32, I64, I128, I256, U8, U16, U32, U64, U128, U256, JSON -> out.append(text);
            case F32, F64 -> {
                // JSON has no NaN and no infinities: their names stand in for them.
                if (Double.isFinite(((Number) value).doubleValue())) {
                    out.append(new BigDecimal(text).toPlainString());
                } else {
                    JsonText.appendString(out, text);
                }
            }
            case TIMESTAMP -> JsonText.appendString(out, text.replaceFirst(" ", "T"));
            case TIMESTAMPTZ ->
                JsonText.appendString(out, text.replaceFirst(" ", "T").replace("+00", "+00:00"));
            case TEXT, BYTES, DATE, TIME, UUID, INTERVAL, IDENTITY, CONNECTION_ID -> JsonText.appendString(out, text);
        }
    }

    /**
     * Returns the value a text stands for.
     *
     * @throws CodedException INVALID_VALUE, and what {@link TextFormat#parse} throws for the parts
     */
    static Object parse(ColumnType type, String text) {
        String trimmed = text.strip();
        if (type instanceof SumType sum && !trimmed.startsWith("{") && !trimmed.startsWith("\"")) {
            return SumValue.of(sum, trimmed);
        }
        return new Parser(JsonText.canonical(trimmed)).value(type);
    }

    /** Reads canonical JSON, which is known to be well formed, as the parts of a type. */
    private static final class Parser {
        private final String json;
        private int at;

        Parser(String json) {
            this.json = json;
        }

        private @Nullable Object place(ColumnType type, boolean nullable) {
            if (json.startsWith("null", at) && (nullable || type != ScalarType.JSON)) {
                at += 4;
                return null;
            }
            return value(type);
        }

        Object value(ColumnType type) {
            if (type == ScalarType.JSON) {
                return new Json(raw());
            }
            return switch (json.charAt(at)) {
                case '{' -> object(type);
                case '[' -> {
                    if (!(type instanceof ArrayType array)) {
                        throw mismatch(type);
                    }
                    yield array(array);
                }
                case '"' -> text(type);
                case 't', 'f', 'n' -> {
                    if (type != ScalarType.BOOL || json.charAt(at) == 'n') {
                        throw mismatch(type);
                    }
                    yield raw().equals("true");
                }
                default -> {
                    if (!isNumeric(type)) {
                        throw mismatch(type);
                    }
                    yield TextFormat.parse(type, raw());
                }
            };
        }

        private Object object(ColumnType type) {
            return switch (type) {
                case RecordType record -> record(record);
                case SumType sum -> sum(sum);
                case ScalarType scalar -> throw mismatch(type);
                case DecimalType decimal -> throw mismatch(type);
                case VarcharType varchar -> throw mismatch(type);
                case ArrayType array -> throw mismatch(type);
            };
        }

        private Object text(ColumnType type) {
            return switch (type) {
                case SumType sum -> SumValue.of(sum, string());
                case ScalarType scalar -> TextFormat.parse(type, string());
                case DecimalType decimal -> TextFormat.parse(type, string());
                case VarcharType varchar -> TextFormat.parse(type, string());
                case RecordType record -> throw mismatch(type);
                case ArrayType array -> throw mismatch(type);
            };
        }

        private static boolean isNumeric(ColumnType type) {
            return type instanceof DecimalType
                    || (type instanceof ScalarType scalar && (scalar.isInteger() || scalar.isFloat()));
        }

        private RecordValue record(RecordType type) {
            @Nullable Object[] fields = new @Nullable Object[type.fields().size()];
            at++;
            while (json.charAt(at) != '}') {
                String key = key();
                int index = type.indexOf(key);
                if (index < 0) {
                    throw mismatch(type).with("field", key).hint("the type has no such field");
                }
                Column field = type.fields().get(index);
                fields[index] = place(field.type(), field.nullable());
                skipSeparator();
            }
            at++;
            return RecordValue.of(type, fields);
        }

        private SumValue sum(SumType type) {
            at++;
            if (json.charAt(at) == '}') {
                throw mismatch(type);
            }
            String name = key();
            int tag = type.indexOf(name);
            if (tag < 0) {
                throw SumValue.unknown(type, name);
            }
            Variant variant = type.variants().get(tag);
            ColumnType payload = variant.payload();
            Object value = null;
            if (payload != null) {
                value = place(payload, variant.nullable());
            } else if (!raw().equals("null")) {
                throw mismatch(type).with("variant", name).hint("this variant has no payload");
            }
            if (json.charAt(at) != '}') {
                throw mismatch(type).hint("give one variant");
            }
            at++;
            return SumValue.of(type, name, value);
        }

        private List<@Nullable Object> array(ArrayType type) {
            List<@Nullable Object> elements = new ArrayList<>();
            at++;
            while (json.charAt(at) != ']') {
                elements.add(place(type.element(), type.nullableElements()));
                skipSeparator();
            }
            at++;
            return Collections.unmodifiableList(elements);
        }

        private String key() {
            String key = string();
            at += 2;
            return key;
        }

        private void skipSeparator() {
            if (json.charAt(at) == ',') {
                at += 2;
            }
        }

        /** The text of the next value as it stands. */
        private String raw() {
            int start = at;
            switch (json.charAt(at)) {
                case '"' -> skipString();
                case '{', '[' -> skipNested();
                default -> {
                    while (at < json.length() && ",}]".indexOf(json.charAt(at)) < 0) {
                        at++;
                    }
                }
            }
            return json.substring(start, at);
        }

        private void skipNested() {
            int depth = 0;
            do {
                switch (json.charAt(at)) {
                    case '"' -> {
                        skipString();
                        continue;
                    }
                    case '{', '[' -> depth++;
                    case '}', ']' -> depth--;
                    default -> {
                        // inside a value or between two
                    }
                }
                at++;
            } while (depth > 0);
        }

        private void skipString() {
            at++;
            while (json.charAt(at) != '"') {
                at += json.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
        }

        private String string() {
            int start = at;
            skipString();
            return JsonText.unescaped(json.substring(start, at));
        }

        private CodedException mismatch(ColumnType type) {
            return InvalidText.of(type, json).with("position", at + 1);
        }
    }
}
