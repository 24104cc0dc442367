package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of an encoded row in place, and encodes rows.
 *
 * <p>Columns in front of the first one of variable length (text, arrays, anything nullable) have a fixed offset; later
 * ones are found by skipping from the last fixed place, so columns that are read often belong in front.
 *
 * <p>Immutable and thread-safe. The reading methods trust the row: bytes from outside go through {@link #validate}
 * first.
 */
public final class RowLayout {
    private final RowType type;
    private final ColumnType[] types;
    private final boolean[] nullable;
    private final int[] widths;
    /** Offset of each column's encoding, or -1 where it depends on the row. */
    private final int[] fixedStarts;
    /** Number of leading columns with a fixed offset; at least 1 in a row with columns. */
    private final int fixedColumns;

    private RowLayout(RowType type) {
        this.type = type;
        int count = type.size();
        types = new ColumnType[count];
        nullable = new boolean[count];
        widths = new int[count];
        fixedStarts = new int[count];
        int offset = 0;
        int fixed = 0;
        for (int i = 0; i < count; i++) {
            Column column = type.column(i);
            types[i] = column.type();
            nullable[i] = column.nullable();
            widths[i] = column.type().fixedWidth();
            fixedStarts[i] = offset;
            if (offset >= 0) {
                fixed++;
            }
            offset = offset < 0 || nullable[i] || widths[i] < 0 ? -1 : offset + widths[i];
        }
        fixedColumns = fixed;
    }

    public static RowLayout of(RowType type) {
        return new RowLayout(type);
    }

    public RowType type() {
        return type;
    }

    public int columnCount() {
        return types.length;
    }

    public ColumnType columnType(int column) {
        return types[column];
    }

    public boolean isNullable(int column) {
        return nullable[column];
    }

    /** Where the column's encoding begins, its option tag included. */
    public int start(byte[] row, int column) {
        int fixed = fixedStarts[column];
        return fixed >= 0 ? fixed : skipTo(row, column);
    }

    /** Where the column's encoding ends. */
    public int end(byte[] row, int column) {
        return skip(row, start(row, column), column);
    }

    public boolean isNull(byte[] row, int column) {
        return nullable[column] && row[start(row, column)] == Bsatn.NONE;
    }

    /** Where the value itself begins, behind any option tag; -1 for NULL. */
    public int valueStart(byte[] row, int column) {
        int start = start(row, column);
        if (!nullable[column]) {
            return start;
        }
        return row[start] == Bsatn.NONE ? -1 : start + 1;
    }

    public boolean getBoolean(byte[] row, int column) {
        return row[required(row, column)] != 0;
    }

    /**
     * The integer of a column of an integer type up to 64 bits (unsigned 64 bits as the same bit pattern), or the raw
     * days or microseconds of a date, time or timestamp. The column must not be NULL.
     */
    public long getLong(byte[] row, int column) {
        return longAt(row, required(row, column), (ScalarType) types[column]);
    }

    /** The number of an F32 or F64 column, which must not be NULL. */
    public double getDouble(byte[] row, int column) {
        int at = required(row, column);
        return widths[column] == 4
                ? Float.intBitsToFloat((int) BsatnWriter.INT.get(row, at))
                : Double.longBitsToDouble((long) BsatnWriter.LONG.get(row, at));
    }

    /** The text of a text, varchar or json column, which must not be NULL. */
    public String getText(byte[] row, int column) {
        int at = required(row, column);
        return new String(row, at + 4, (int) BsatnWriter.INT.get(row, at), StandardCharsets.UTF_8);
    }

    /** The value as the Java class of its type (see {@link Bsatn}), null for NULL. */
    public @Nullable Object get(byte[] row, int column) {
        int at = valueStart(row, column);
        if (at < 0) {
            return null;
        }
        // What is read most does not need a reader.
        if (types[column] == ScalarType.I64) {
            return (long) BsatnWriter.LONG.get(row, at);
        }
        if (types[column] == ScalarType.I32) {
            return (int) BsatnWriter.INT.get(row, at);
        }
        return switch (types[column]) {
            case RecordType nested ->
                RecordValue.trusted(nested, Arrays.copyOfRange(row, at, skipVariable(row, at, nested)));
            case SumType sum -> SumValue.trusted(sum, Arrays.copyOfRange(row, at, skipVariable(row, at, sum)));
            default -> Bsatn.read(new BsatnReader(row, at, row.length - at), types[column]);
        };
    }

    /** All columns as Java values. */
    public @Nullable Object[] decode(byte[] row) {
        @Nullable Object[] values = new @Nullable Object[types.length];
        BsatnReader in = new BsatnReader(row);
        for (int i = 0; i < types.length; i++) {
            values[i] = nullable[i] ? Bsatn.readOption(in, types[i]) : Bsatn.read(in, types[i]);
        }
        return values;
    }

    /**
     * Encodes one row.
     *
     * @throws CodedException naming the column: NULL_NOT_ALLOWED, WRONG_VALUE_TYPE, VALUE_OUT_OF_RANGE, INVALID_VALUE
     */
    public byte[] encode(@Nullable Object... values) {
        BsatnWriter out = new BsatnWriter(Math.max(16, types.length * 8));
        encodeTo(out, values);
        return out.toByteArray();
    }

    /** Appends one encoded row to a writer. */
    public void encodeTo(BsatnWriter out, @Nullable Object... values) {
        if (values.length != types.length) {
            throw new CodedException(ErrorCode.WRONG_VALUE_TYPE, "row has the wrong number of values")
                    .with("columns", types.length)
                    .with("values", values.length);
        }
        for (int i = 0; i < types.length; i++) {
            encodeColumn(out, i, values[i]);
        }
    }

    /** Appends the encoding of one column, option tag included. */
    public void encodeColumn(BsatnWriter out, int column, @Nullable Object value) {
        try {
            if (nullable[column]) {
                Bsatn.writeOption(out, types[column], value);
            } else if (value == null) {
                throw new CodedException(ErrorCode.NULL_NOT_ALLOWED, "NULL in a column that does not allow it")
                        .hint("give a value, or declare the column nullable");
            } else {
                Bsatn.write(out, types[column], value);
            }
        } catch (CodedException e) {
            throw e.with("column", type.column(column).name());
        }
    }

    /**
     * Checks bytes from outside: complete, nothing left over, all tags, booleans, times and texts well formed, texts
     * and decimals within their declared sizes.
     *
     * @throws CodedException MALFORMED_BSATN, STRING_TOO_LONG or VALUE_OUT_OF_RANGE, naming the column
     */
    public void validate(byte[] row) {
        BsatnReader in = new BsatnReader(row);
        for (int i = 0; i < types.length; i++) {
            try {
                BsatnCheck.stepPlace(in, types[i], nullable[i]);
            } catch (CodedException e) {
                throw e.with("column", type.column(i).name());
            }
        }
        in.expectEnd();
    }

    static long longAt(byte[] row, int at, ScalarType type) {
        return switch (type.fixedWidth()) {
            case 1 -> type == ScalarType.U8 ? row[at] & 0xff : row[at];
            case 2 -> {
                short value = (short) BsatnWriter.SHORT.get(row, at);
                yield type == ScalarType.U16 ? Short.toUnsignedLong(value) : value;
            }
            case 4 -> {
                int value = (int) BsatnWriter.INT.get(row, at);
                yield type == ScalarType.U32 ? Integer.toUnsignedLong(value) : value;
            }
            default -> (long) BsatnWriter.LONG.get(row, at);
        };
    }

    private int required(byte[] row, int column) {
        int at = valueStart(row, column);
        if (at < 0) {
            throw new CodedException(ErrorCode.NULL_NOT_ALLOWED, "column is NULL")
                    .with("column", type.column(column).name())
                    .hint("ask isNull first");
        }
        return at;
    }

    private int skipTo(byte[] row, int column) {
        int from = fixedColumns - 1;
        int at = fixedStarts[from];
        for (int i = from; i < column; i++) {
            at = skip(row, at, i);
        }
        return at;
    }

    private int skip(byte[] row, int start, int column) {
        int at = start;
        if (nullable[column]) {
            if (row[at] == Bsatn.NONE) {
                return at + 1;
            }
            at++;
        }
        int width = widths[column];
        return width >= 0 ? at + width : skipVariable(row, at, types[column]);
    }

    /** The end of what stands in a place that starts here and may or may not be NULL. */
    static int skipPlace(byte[] row, int at, ColumnType type, boolean nullable) {
        if (!nullable) {
            return skipVariable(row, at, type);
        }
        return row[at] == Bsatn.NONE ? at + 1 : skipVariable(row, at + 1, type);
    }

    /** The end of a value that starts here. */
    static int skipVariable(byte[] row, int at, ColumnType type) {
        return switch (type) {
            case ScalarType scalar ->
                scalar.fixedWidth() >= 0 ? at + scalar.fixedWidth() : at + 4 + (int) BsatnWriter.INT.get(row, at);
            case VarcharType varchar -> at + 4 + (int) BsatnWriter.INT.get(row, at);
            case DecimalType decimal -> at + 6 + (int) BsatnWriter.INT.get(row, at + 2);
            case ArrayType array -> {
                int count = (int) BsatnWriter.INT.get(row, at);
                int end = at + 4;
                for (int i = 0; i < count; i++) {
                    end = skipPlace(row, end, array.element(), array.nullableElements());
                }
                yield end;
            }
            case RecordType nested -> {
                int end = at;
                for (Column field : nested.fields()) {
                    end = skipPlace(row, end, field.type(), field.nullable());
                }
                yield end;
            }
            case SumType sum -> {
                SumType.Variant variant = sum.variants().get(row[at] & 0xff);
                ColumnType payload = variant.payload();
                yield payload == null ? at + 1 : skipPlace(row, at + 1, payload, variant.nullable());
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowLayout layout && layout.type.equals(type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return "RowLayout" + Arrays.toString(types);
    }
}
