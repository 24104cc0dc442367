package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.VarcharType;
import java.math.BigDecimal;

/**
 * Steps over encoded values from outside and refuses what is not well formed, or larger than its type declares. Makes
 * no objects of what can be seen to be right without, which is almost all there is.
 */
final class BsatnCheck {
    private BsatnCheck() {}

    /** Steps over the value of a place that may or may not be NULL. */
    static void stepPlace(BsatnReader in, ColumnType type, boolean nullable) {
        if (!nullable || Bsatn.readTag(in)) {
            step(in, type);
        }
    }

    /**
     * Steps over a value.
     *
     * @throws CodedException MALFORMED_BSATN, STRING_TOO_LONG or VALUE_OUT_OF_RANGE
     */
    static void step(BsatnReader in, ColumnType type) {
        switch (type) {
            case ScalarType scalar -> stepScalar(in, scalar);
            case VarcharType varchar -> {
                if (!in.skipAscii(varchar.maxLength())) {
                    requireLength(varchar, in.getString());
                }
            }
            case DecimalType decimal -> requireForm(decimal, (BigDecimal) Bsatn.read(in, decimal));
            case ArrayType array -> {
                int count = in.getCount(Bsatn.minimumBytes(array));
                for (int i = 0; i < count; i++) {
                    stepPlace(in, array.element(), array.nullableElements());
                }
            }
            case RecordType record -> {
                for (Column field : record.fields()) {
                    stepPlace(in, field.type(), field.nullable());
                }
            }
            case SumType sum -> {
                Variant variant = Bsatn.readVariant(in, sum);
                ColumnType payload = variant.payload();
                if (payload != null) {
                    stepPlace(in, payload, variant.nullable());
                }
            }
        }
    }

    private static void stepScalar(BsatnReader in, ScalarType type) {
        switch (type) {
            case I8, I16, I32, I64, I128, I256, U8, U16, U32, U64, U128, U256, F32, F64, DATE, TIMESTAMP, TIMESTAMPTZ ->
                in.skip(type.fixedWidth());
            case UUID, INTERVAL, IDENTITY, CONNECTION_ID -> in.skip(type.fixedWidth());
            case BYTES -> in.skip(in.getLength());
            case BOOL -> in.getBoolean();
            case TEXT -> {
                if (!in.skipAscii(Integer.MAX_VALUE)) {
                    in.getString();
                }
            }
            case TIME, JSON -> Bsatn.read(in, type);
        }
    }

    private static void requireLength(VarcharType type, String text) {
        if (text.length() > type.maxLength() && text.codePointCount(0, text.length()) > type.maxLength()) {
            throw new CodedException(ErrorCode.STRING_TOO_LONG, "text is longer than its column allows")
                    .with("type", type.sqlName());
        }
    }

    private static void requireForm(DecimalType type, BigDecimal number) {
        if (type.isConstrained() && (number.scale() != type.scale() || number.precision() > type.precision())) {
            throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "decimal does not have its column's form")
                    .with("type", type.sqlName())
                    .with("value", number);
        }
    }
}
