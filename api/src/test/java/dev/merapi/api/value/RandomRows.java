package dev.merapi.api.value;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.VarcharType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random types, and random values of them with many repetitions, so that equal keys occur. */
final class RandomRows {
    private RandomRows() {}

    static RowType type(RandomGenerator random) {
        List<Column> columns = new ArrayList<>();
        int count = random.nextInt(1, 7);
        for (int i = 0; i < count; i++) {
            columns.add(new Column("c" + i, columnType(random, 2), random.nextBoolean()));
        }
        return new RowType(columns);
    }

    static ColumnType columnType(RandomGenerator random, int depth) {
        return switch (random.nextInt(16)) {
            case 0 -> DecimalType.UNCONSTRAINED;
            case 1 -> new DecimalType(12, 3);
            case 2 -> new VarcharType(5);
            case 3 -> depth == 0 ? ScalarType.TEXT : new ArrayType(columnType(random, depth - 1), random.nextBoolean());
            case 4, 5 -> depth == 0 ? ScalarType.F64 : record(random, depth - 1);
            case 6 -> depth == 0 ? ScalarType.I64 : sum(random, depth - 1);
            case 7 -> SumType.ofNames("color", "red", "green", "blue");
            default -> ScalarType.values()[random.nextInt(ScalarType.values().length)];
        };
    }

    private static RecordType record(RandomGenerator random, int depth) {
        List<Column> fields = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            fields.add(new Column("f" + i, columnType(random, depth), random.nextBoolean()));
        }
        return new RecordType("r" + fields.size(), fields);
    }

    private static SumType sum(RandomGenerator random, int depth) {
        List<Variant> variants = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            variants.add(
                    random.nextInt(3) == 0
                            ? Variant.of("v" + i)
                            : new Variant("v" + i, columnType(random, depth), random.nextBoolean()));
        }
        return new SumType("s" + variants.size(), variants);
    }

    static @Nullable Object[] values(RowType type, RandomGenerator random) {
        @Nullable Object[] values = new @Nullable Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            Column column = type.column(i);
            values[i] = column.nullable() && random.nextInt(4) == 0 ? null : value(column.type(), random);
        }
        return values;
    }

    static Object value(ColumnType type, RandomGenerator random) {
        return switch (type) {
            case ScalarType scalar -> scalar(scalar, random);
            case DecimalType decimal ->
                decimal.isConstrained()
                        ? BigDecimal.valueOf(random.nextInt(-3000, 3000), 3)
                        : BigDecimal.valueOf(random.nextInt(-30, 30), random.nextInt(4));
            case VarcharType varchar -> text(random);
            case ArrayType array -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(
                            array.nullableElements() && random.nextInt(4) == 0 ? null : value(array.element(), random));
                }
                yield elements;
            }
            case RecordType record -> RecordValue.of(record, values(new RowType(record.fields()), random));
            case SumType sum -> {
                Variant variant =
                        sum.variants().get(random.nextInt(sum.variants().size()));
                ColumnType payload = variant.payload();
                boolean none = payload == null || (variant.nullable() && random.nextInt(3) == 0);
                yield SumValue.of(sum, variant.name(), none ? null : value(payload, random));
            }
        };
    }

    private static Object scalar(ScalarType type, RandomGenerator random) {
        int small = random.nextInt(-5, 6);
        long wide = random.nextInt(3) == 0 ? random.nextLong() : small;
        BigInteger big = BigInteger.valueOf(wide).shiftLeft(random.nextInt(3) == 0 ? 60 : 0);
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case I8 -> (byte) wide;
            case I16 -> (short) wide;
            case I32 -> (int) wide;
            case I64 -> wide;
            case I128, I256 -> big;
            case U8 -> (short) (wide & 0xff);
            case U16 -> (int) (wide & 0xffff);
            case U32 -> wide & 0xffffffffL;
            case U64 -> new BigInteger(Long.toUnsignedString(wide));
            case U128, U256 -> big.abs();
            case F32 -> (float) oddDouble(random);
            case F64 -> oddDouble(random);
            case TEXT -> text(random);
            case BYTES -> text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case DATE -> LocalDate.ofEpochDay(random.nextInt(-1000, 1000) * 1000L);
            case TIME -> LocalTime.ofNanoOfDay(Math.floorMod(wide, 86_400_000_000L) * 1000);
            case TIMESTAMP ->
                Bsatn.instant(wide / 1000).atOffset(ZoneOffset.UTC).toLocalDateTime();
            case TIMESTAMPTZ -> Bsatn.instant(wide / 1000);
            case UUID -> new UUID(wide, small);
            case JSON -> new Json("\"" + small + "\"");
            case INTERVAL -> new Interval(small, random.nextInt(-40, 40), wide);
            case IDENTITY -> Identity.fromBytes(bytes(random, Identity.SIZE, small));
            case CONNECTION_ID -> ConnectionId.fromBytes(bytes(random, ConnectionId.SIZE, small));
        };
    }

    /** Equal but for one byte, which may be any. */
    private static byte[] bytes(RandomGenerator random, int size, int value) {
        byte[] bytes = new byte[size];
        bytes[random.nextInt(size)] = (byte) value;
        return bytes;
    }

    private static double oddDouble(RandomGenerator random) {
        double[] odd = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1, -1, 1e300};
        return random.nextBoolean() ? odd[random.nextInt(odd.length)] : random.nextInt(-3, 3) / 2.0;
    }

    private static String text(RandomGenerator random) {
        String[] parts = {"", "a", "ab", "é", "\uD83C\uDF0B", "zz", "\u0000"};
        return parts[random.nextInt(parts.length)] + parts[random.nextInt(parts.length)];
    }
}
