package dev.merapi.api.value;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import java.math.BigDecimal;
import java.util.Arrays;

/** Hash, equality and order of encoded values of one type, in place. Stateless. */
abstract sealed class ValueOrder
        permits ValueOrder.LongOrder,
                ValueOrder.WideOrder,
                ValueOrder.FloatOrder,
                ValueOrder.BytesOrder,
                ValueOrder.DecimalOrder,
                ValueOrder.IntervalOrder,
                NestedOrder {
    private static final long SIGN = Long.MIN_VALUE;

    abstract int hash(byte[] row, int at);

    abstract int compare(byte[] row, int at, byte[] other, int otherAt);

    abstract long prefix(byte[] row, int at);

    boolean equal(byte[] row, int at, byte[] other, int otherAt) {
        return compare(row, at, other, otherAt) == 0;
    }

    /** The end of the value, for stepping over parts of a larger value. */
    abstract int end(byte[] row, int at);

    static ValueOrder of(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> ofScalar(scalar);
            case DecimalType decimal -> new DecimalOrder();
            case VarcharType varchar -> new BytesOrder();
            case ArrayType array -> new NestedOrder.OfArrays(of(array.element()), array.nullableElements());
            case RecordType record -> new NestedOrder.OfRecords(record);
            case SumType sum -> new NestedOrder.OfSums(sum);
        };
    }

    /** The order ORDER BY has, which for JSON is not that of keys: those are told apart by their text. */
    static ValueOrder sorting(ColumnType type) {
        return switch (type) {
            case ScalarType scalar when scalar == ScalarType.JSON -> new JsonTextOrder();
            case ArrayType array -> new NestedOrder.OfArrays(sorting(array.element()), array.nullableElements());
            case ScalarType scalar -> of(scalar);
            case DecimalType decimal -> of(decimal);
            case VarcharType varchar -> of(varchar);
            case RecordType record -> of(record);
            case SumType sum -> of(sum);
        };
    }

    private static ValueOrder ofScalar(ScalarType type) {
        return switch (type) {
            case I8, I16, I32, I64, U8, U16, U32, U64, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> new LongOrder(type);
            case BOOL -> new LongOrder(ScalarType.U8);
            case I128, I256 -> new WideOrder(type.fixedWidth(), true);
            case U128, U256, UUID, IDENTITY, CONNECTION_ID -> new WideOrder(type.fixedWidth(), false);
            case F32, F64 -> new FloatOrder(type.fixedWidth());
            case TEXT, BYTES, JSON -> new BytesOrder();
            case INTERVAL -> new IntervalOrder();
        };
    }

    /** Integers up to 64 bits and times. */
    static final class LongOrder extends ValueOrder {
        private final ScalarType type;
        private final long flip;

        LongOrder(ScalarType type) {
            this.type = type;
            this.flip = type == ScalarType.U64 ? SIGN : 0;
        }

        @Override
        int hash(byte[] row, int at) {
            return RowKey.mix(RowLayout.longAt(row, at, type));
        }

        @Override
        boolean equal(byte[] row, int at, byte[] other, int otherAt) {
            return RowLayout.longAt(row, at, type) == RowLayout.longAt(other, otherAt, type);
        }

        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            return Long.compare(prefix(row, at), prefix(other, otherAt));
        }

        @Override
        long prefix(byte[] row, int at) {
            return RowLayout.longAt(row, at, type) ^ flip;
        }

        @Override
        int end(byte[] row, int at) {
            return at + type.fixedWidth();
        }
    }

    /** 128- and 256-bit integers, UUIDs and identities, compared from the most significant word down. */
    static final class WideOrder extends ValueOrder {
        private final int width;
        private final long flip;

        WideOrder(int width, boolean signed) {
            this.width = width;
            this.flip = signed ? 0 : SIGN;
        }

        @Override
        int hash(byte[] row, int at) {
            long hash = 0;
            for (int i = 0; i < width; i += 8) {
                hash = hash * 31 + word(row, at + i);
            }
            return RowKey.mix(hash);
        }

        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            int result = Long.compare(prefix(row, at), prefix(other, otherAt));
            for (int i = width - 16; result == 0 && i >= 0; i -= 8) {
                result = Long.compareUnsigned(word(row, at + i), word(other, otherAt + i));
            }
            return result;
        }

        @Override
        long prefix(byte[] row, int at) {
            return word(row, at + width - 8) ^ flip;
        }

        @Override
        int end(byte[] row, int at) {
            return at + width;
        }

        private static long word(byte[] row, int at) {
            return (long) BsatnWriter.LONG.get(row, at);
        }
    }

    static final class FloatOrder extends ValueOrder {
        private final int width;

        FloatOrder(int width) {
            this.width = width;
        }

        @Override
        int hash(byte[] row, int at) {
            return RowKey.mix(prefix(row, at));
        }

        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            return Long.compare(prefix(row, at), prefix(other, otherAt));
        }

        @Override
        long prefix(byte[] row, int at) {
            double value = width == 4
                    ? Float.intBitsToFloat((int) BsatnWriter.INT.get(row, at))
                    : Double.longBitsToDouble((long) BsatnWriter.LONG.get(row, at));
            return sortable(value);
        }

        @Override
        int end(byte[] row, int at) {
            return at + width;
        }
    }

    /** Text, bytes and JSON: unsigned bytes, which for UTF-8 is the order of code points. */
    static sealed class BytesOrder extends ValueOrder {
        @Override
        int hash(byte[] row, int at) {
            int length = length(row, at);
            int end = at + 4 + length;
            long hash = length;
            int i = at + 4;
            for (; i + 8 <= end; i += 8) {
                hash = (hash ^ (long) BsatnWriter.LONG.get(row, i)) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            for (; i < end; i++) {
                hash = hash * 31 + row[i];
            }
            return RowKey.mix(hash);
        }

        @Override
        boolean equal(byte[] row, int at, byte[] other, int otherAt) {
            int end = at + 4 + length(row, at);
            return Arrays.equals(row, at, end, other, otherAt, otherAt + 4 + length(other, otherAt));
        }

        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            return Arrays.compareUnsigned(
                    row, at + 4, at + 4 + length(row, at), other, otherAt + 4, otherAt + 4 + length(other, otherAt));
        }

        @Override
        long prefix(byte[] row, int at) {
            int length = Math.min(8, length(row, at));
            long prefix = 0;
            for (int i = 0; i < length; i++) {
                prefix |= (row[at + 4 + i] & 0xffL) << (56 - 8 * i);
            }
            return prefix ^ SIGN;
        }

        @Override
        int end(byte[] row, int at) {
            return at + 4 + length(row, at);
        }

        static int length(byte[] row, int at) {
            return (int) BsatnWriter.INT.get(row, at);
        }
    }

    /** jsonb's order, for sorting alone: values that are equal in it may differ in their hash. */
    static final class JsonTextOrder extends BytesOrder {
        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            return JsonOrder.compare(
                    row, at + 4, at + 4 + length(row, at), other, otherAt + 4, otherAt + 4 + length(other, otherAt));
        }

        @Override
        long prefix(byte[] row, int at) {
            return 0;
        }
    }

    static final class DecimalOrder extends ValueOrder {
        @Override
        int hash(byte[] row, int at) {
            return RowKey.mix(value(row, at).stripTrailingZeros().hashCode());
        }

        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            return value(row, at).compareTo(value(other, otherAt));
        }

        @Override
        long prefix(byte[] row, int at) {
            return sortable(value(row, at).doubleValue());
        }

        @Override
        int end(byte[] row, int at) {
            return RowLayout.skipVariable(row, at, DecimalType.UNCONSTRAINED);
        }

        private static BigDecimal value(byte[] row, int at) {
            return (BigDecimal) Bsatn.read(new BsatnReader(row, at, row.length - at), DecimalType.UNCONSTRAINED);
        }
    }

    static final class IntervalOrder extends ValueOrder {
        @Override
        int hash(byte[] row, int at) {
            return RowKey.mix(value(row, at).spanHash());
        }

        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            return value(row, at).compareTo(value(other, otherAt));
        }

        @Override
        long prefix(byte[] row, int at) {
            return value(row, at).wholeDays();
        }

        @Override
        int end(byte[] row, int at) {
            return at + 16;
        }

        private static Interval value(byte[] row, int at) {
            return (Interval) Bsatn.read(new BsatnReader(row, at, 16), ScalarType.INTERVAL);
        }
    }

    /** Maps a double to a long of the same order: both zeros equal, every NaN the same and greatest. */
    static long sortable(double value) {
        if (value == 0) {
            return 0;
        }
        long bits = Double.doubleToLongBits(value);
        return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
    }
}
