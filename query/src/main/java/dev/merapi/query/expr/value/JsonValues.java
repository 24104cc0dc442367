package dev.merapi.query.expr.value;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import dev.merapi.api.value.TextFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL values as JSON: numbers, truth values and arrays as such, everything else as its text; times in ISO 8601. */
public final class JsonValues {
    private JsonValues() {}

    public static JsonTree of(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return JsonTree.Null.INSTANCE;
        }
        return switch (type) {
            case ScalarType scalar -> ofScalar(scalar, value);
            case DecimalType decimal -> new JsonTree.Num((BigDecimal) value);
            case VarcharType varchar -> new JsonTree.Text((String) value);
            case ArrayType array -> {
                List<JsonTree> elements = new ArrayList<>();
                for (Object element : (List<?>) value) {
                    elements.add(of(array.element(), element));
                }
                yield new JsonTree.Array(elements);
            }
            case RecordType record -> ofRecord((RecordValue) value);
            case SumType sum -> ofSum((SumValue) value);
        };
    }

    private static JsonTree ofRecord(RecordValue value) {
        JsonTree.Members members = JsonTree.object();
        List<Column> fields = value.type().fields();
        for (int i = 0; i < fields.size(); i++) {
            members.members().put(fields.get(i).name(), of(fields.get(i).type(), value.get(i)));
        }
        return members;
    }

    private static JsonTree ofSum(SumValue value) {
        ColumnType payload = value.type().variants().get(value.tag()).payload();
        if (payload == null) {
            return new JsonTree.Text(value.variant());
        }
        JsonTree.Members members = JsonTree.object();
        members.members().put(value.variant(), of(payload, value.payload()));
        return members;
    }

    private static JsonTree ofScalar(ScalarType type, Object value) {
        return switch (type) {
            case BOOL -> new JsonTree.Bool((Boolean) value);
            case I8, I16, I32, I64, U8, U16, U32 -> new JsonTree.Num(BigDecimal.valueOf(((Number) value).longValue()));
            case U64, I128, U128, I256, U256 -> new JsonTree.Num(new BigDecimal((BigInteger) value));
            case F32 -> ofFloat(type, (Float) value, value);
            case F64 -> ofFloat(type, (Double) value, value);
            case JSON -> JsonTree.of((Json) value);
            case TIMESTAMP -> new JsonTree.Text(iso(TextFormat.format(type, (LocalDateTime) value)));
            case TIMESTAMPTZ ->
                new JsonTree.Text(iso(TextFormat.format(type, (Instant) value)).replace("+00", "+00:00"));
            case TEXT, BYTES, DATE, TIME, UUID, INTERVAL, IDENTITY, CONNECTION_ID ->
                new JsonTree.Text(TextFormat.format(type, value));
        };
    }

    /** JSON has no NaN and no infinities: their names stand in for them. */
    private static JsonTree ofFloat(ScalarType type, double number, Object value) {
        String text = TextFormat.format(type, value);
        if (!Double.isFinite(number)) {
            return new JsonTree.Text(text);
        }
        BigDecimal decimal = new BigDecimal(text);
        return new JsonTree.Num(decimal.scale() < 0 ? decimal.setScale(0) : decimal);
    }

    private static String iso(String text) {
        return text.replaceFirst(" ", "T");
    }

    /** A value as the key of a member. */
    public static String key(ColumnType type, Object value) {
        return type == ScalarType.BOOL ? value.toString() : TextFormat.format(type, value);
    }
}
