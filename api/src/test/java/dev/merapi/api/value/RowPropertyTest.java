package dev.merapi.api.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading and comparing in place agrees with decoding everything and comparing Java values. */
class RowPropertyTest {
    static Stream<Long> seeds() {
        Long replay = Long.getLong("property.seed");
        return replay != null ? Stream.of(replay) : LongStream.range(0, 300).boxed();
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void decoding_gives_back_what_was_encoded_and_validates(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RowType type = RandomRows.type(random);
        RowLayout layout = RowLayout.of(type);
        @Nullable Object[] values = RandomRows.values(type, random);

        byte[] row = layout.encode(values);

        layout.validate(row);
        assertThat(Arrays.deepToString(plain(layout.decode(row)))).isEqualTo(Arrays.deepToString(plain(values)));
        for (int i = 0; i < values.length; i++) {
            assertThat(layout.isNull(row, i)).isEqualTo(values[i] == null);
            assertThat(Arrays.deepToString(plain(layout.get(row, i)))).isEqualTo(Arrays.deepToString(plain(values[i])));
            assertThat(layout.end(row, i)).isEqualTo(i + 1 < values.length ? layout.start(row, i + 1) : row.length);
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void keys_compare_as_their_values_do(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RowType type = RandomRows.type(random);
        RowLayout layout = RowLayout.of(type);
        int[] columns = random.ints(1 + random.nextInt(2), 0, type.size()).toArray();
        RowKey key = new RowKey(layout, columns);
        RowKey keyOfKey = key.keyRowKey();

        for (int round = 0; round < 40; round++) {
            @Nullable Object[] leftValues = RandomRows.values(type, random);
            @Nullable Object[] rightValues = RandomRows.values(type, random);
            byte[] left = layout.encode(leftValues);
            byte[] right = layout.encode(rightValues);
            byte[] rightKey = key.extract(right);
            int expected = compareValues(type, columns, leftValues, rightValues);

            assertThat(Integer.signum(key.compare(left, key, right))).isEqualTo(expected);
            assertThat(Integer.signum(key.compare(left, keyOfKey, rightKey))).isEqualTo(expected);
            assertThat(key.equal(left, keyOfKey, rightKey)).isEqualTo(expected == 0);
            assertThat(keyOfKey.hash(rightKey)).isEqualTo(key.hash(right));
            if (expected == 0) {
                assertThat(key.hash(left)).isEqualTo(key.hash(right));
            }
            int byPrefix = Long.compare(key.prefix(left), key.prefix(right));
            assertThat(byPrefix == 0 || byPrefix == expected)
                    .as("prefix order %s, key order %s", byPrefix, expected)
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void a_single_integer_key_hashes_like_its_number(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (ScalarType type : ScalarType.values()) {
            if (!type.isLongCompatible()) {
                continue;
            }
            RowLayout layout = RowLayout.of(RowType.of(dev.merapi.api.schema.Column.required("id", type)));
            byte[] row = layout.encode(RandomRows.value(type, random));
            RowKey key = new RowKey(layout, 0);

            assertThat(key.isSingleLong()).isTrue();
            assertThat(key.hash(row)).isEqualTo(RowKey.hashOfLong(layout.getLong(row, 0)));
            assertThat(key.equalsLong(row, layout.getLong(row, 0))).isTrue();
        }
    }

    /** Lists as arrays, so that byte arrays inside them print their content. */
    private static @Nullable Object[] plain(@Nullable Object... values) {
        return Arrays.stream(values)
                .map(value -> value instanceof List<?> list ? plain(list.toArray()) : value)
                .toArray();
    }

    private static int compareValues(RowType type, int[] columns, @Nullable Object[] left, @Nullable Object[] right) {
        for (int column : columns) {
            Object l = left[column];
            Object r = right[column];
            int result = l == null || r == null
                    ? Boolean.compare(l == null, r == null)
                    : compare(type.column(column).type(), l, r);
            if (result != 0) {
                return Integer.signum(result);
            }
        }
        return 0;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // values of one type are comparable with each other
    private static int compare(ColumnType type, Object left, Object right) {
        return switch (type) {
            case DecimalType decimal -> ((BigDecimal) left).compareTo((BigDecimal) right);
            case VarcharType varchar -> compareText((String) left, (String) right);
            case ArrayType array -> compareLists(array.element(), (List<?>) left, (List<?>) right);
            case RecordType record -> compareRecords(record, (RecordValue) left, (RecordValue) right);
            case SumType sum -> compareSums(sum, (SumValue) left, (SumValue) right);
            case ScalarType scalar ->
                switch (scalar) {
                    case TEXT -> compareText((String) left, (String) right);
                    case JSON -> compareText(((Json) left).text(), ((Json) right).text());
                    case BYTES -> Arrays.compareUnsigned((byte[]) left, (byte[]) right);
                    case F32 -> Double.compare(((Float) left) + 0.0, ((Float) right) + 0.0);
                    case F64 -> Double.compare(((Double) left) + 0.0, ((Double) right) + 0.0);
                    case UUID -> compareUuids((UUID) left, (UUID) right);
                    case INTERVAL -> ((Interval) left).spanMicros().compareTo(((Interval) right).spanMicros());
                    default -> ((Comparable) left).compareTo(right);
                };
        };
    }

    private static int compareText(String left, String right) {
        return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    }

    private static int compareUuids(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    private static int compareLists(ColumnType element, List<?> left, List<?> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            Object l = left.get(i);
            Object r = right.get(i);
            int result = comparePlaces(element, l, r);
            if (result != 0) {
                return result;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int comparePlaces(ColumnType type, @Nullable Object left, @Nullable Object right) {
        return left == null || right == null
                ? Boolean.compare(left == null, right == null)
                : compare(type, left, right);
    }

    private static int compareRecords(RecordType type, RecordValue left, RecordValue right) {
        for (int i = 0; i < type.fields().size(); i++) {
            int result = comparePlaces(type.fields().get(i).type(), left.get(i), right.get(i));
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private static int compareSums(SumType type, SumValue left, SumValue right) {
        ColumnType payload = type.variants().get(left.tag()).payload();
        return left.tag() != right.tag() || payload == null
                ? Integer.compare(left.tag(), right.tag())
                : comparePlaces(payload, left.payload(), right.payload());
    }
}
