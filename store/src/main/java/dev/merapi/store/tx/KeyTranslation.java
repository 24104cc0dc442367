package dev.merapi.store.tx;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowLayout;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key of one table out of a row of another, for foreign keys: same values, but the columns may stand
 * elsewhere, allow NULL on one side only, or be integers of another width.
 */
final class KeyTranslation {
    private final RowLayout from;
    private final int[] columns;
    private final RowLayout to;

    /**
     * @param columns positions in {@code from}, in the order of the columns of {@code to}
     * @param to the layout of the key to make
     */
    KeyTranslation(RowLayout from, int[] columns, RowLayout to) {
        this.from = from;
        this.columns = columns;
        this.to = to;
    }

    /** Whether values of the one type can be looked up among values of the other. */
    static boolean isPossible(ColumnType from, ColumnType to) {
        return sameEncoding(from, to) || (isInteger(from) && isInteger(to));
    }

    private static boolean sameEncoding(ColumnType from, ColumnType to) {
        return from.equals(to)
                || (isText(from) && isText(to))
                || (from instanceof DecimalType && to instanceof DecimalType);
    }

    private static boolean isText(ColumnType type) {
        return type instanceof VarcharType || type == ScalarType.TEXT;
    }

    private static boolean isInteger(ColumnType type) {
        return type instanceof ScalarType scalar && scalar.isInteger();
    }

    RowLayout target() {
        return to;
    }

    /** The key, or null if a column is NULL or its number does not exist in the other type: nothing equals that. */
    byte @Nullable [] apply(byte[] row) {
        BsatnWriter out = new BsatnWriter(16);
        for (int i = 0; i < columns.length; i++) {
            int at = from.valueStart(row, columns[i]);
            if (at < 0) {
                return null;
            }
            if (sameEncoding(from.columnType(columns[i]), to.columnType(i))) {
                if (to.isNullable(i)) {
                    out.putByte(0);
                }
                out.putRaw(row, at, from.end(row, columns[i]) - at);
            } else if (!putInteger(out, i, integer(row, columns[i]))) {
                return null;
            }
        }
        return out.toByteArray();
    }

    private BigInteger integer(byte[] row, int column) {
        return switch (from.get(row, column)) {
            case BigInteger big -> big;
            case Number number -> BigInteger.valueOf(number.longValue());
            case null, default -> throw new IllegalStateException("not an integer: column " + column);
        };
    }

    private boolean putInteger(BsatnWriter out, int column, BigInteger value) {
        ScalarType type = (ScalarType) to.columnType(column);
        int bits = type.fixedWidth() * 8;
        boolean fits =
                type.isSignedInteger() ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits;
        if (!fits) {
            return false;
        }
        if (to.isNullable(column)) {
            out.putByte(0);
        }
        out.putBigInteger(value, type.fixedWidth());
        return true;
    }
}
