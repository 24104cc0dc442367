package dev.merapi.query.live.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.RowLayout;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However members come and go, a row finds exactly those who want it by the plain comparison of values. */
class MemberIndexPropertyTest {
    private static final List<ColumnType> TYPES = List.of(
            ScalarType.I32,
            ScalarType.I64,
            ScalarType.U64,
            ScalarType.TEXT,
            new VarcharType(12),
            new DecimalType(6, 2),
            DecimalType.UNCONSTRAINED,
            ScalarType.F64,
            ScalarType.TIMESTAMPTZ,
            ScalarType.DATE,
            ScalarType.UUID,
            ScalarType.BOOL);

    static Stream<Long> seeds() {
        Long replay = Long.getLong("property.seed");
        return replay != null ? Stream.of(replay) : LongStream.range(0, 48).boxed();
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void a_row_finds_those_who_want_it(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ColumnType type = TYPES.get((int) (seed % TYPES.size()));
        boolean keyed = random.nextInt(3) > 0;
        boolean nullable = random.nextBoolean();
        RowLayout table = RowLayout.of(new RowType(
                List.of(new Column("key", ScalarType.I32, nullable), new Column("value", type, random.nextBoolean()))));
        KeyColumns keys = keyed ? new KeyColumns(table, 0) : null;
        RangeColumn range = new RangeColumn(table, 1);
        List<Object> values = values(type, random);
        MemberIndex<Ranged> index = new MemberIndex<>(0, keys, range);
        List<Ranged> present = new ArrayList<>();

        for (int step = 0; step < 3000; step++) {
            boolean grow = random.nextInt(1000) < (step / 1000 % 2 == 0 ? 700 : 350);
            Ranged member = grow ? Ranged.random(step, random, type, values, keys, range) : null;
            if (member != null) {
                index.add(member);
                present.add(member);
            } else if (!grow && !present.isEmpty()) {
                int at = random.nextInt(present.size());
                index.remove(present.get(at));
                present.set(at, present.getLast());
                present.removeLast();
            }
            if (step % 10 == 0) {
                check(index, present, table, random, values);
            }
        }
        present.forEach(index::remove);
        check(index, List.of(), table, random, values);
    }

    private static void check(
            MemberIndex<Ranged> index,
            List<Ranged> present,
            RowLayout table,
            SplittableRandom random,
            List<Object> values) {
        Integer key = table.isNullable(0) && random.nextInt(10) == 0 ? null : (Integer) random.nextInt(22);
        Object value =
                table.isNullable(1) && random.nextInt(10) == 0 ? null : values.get(random.nextInt(values.size()));
        byte[] row = table.encode(key, value);
        List<Ranged> found = new ArrayList<>();

        index.find(row, found);

        assertThat(found)
                .as("key %s value %s", key, value)
                .containsExactlyInAnyOrderElementsOf(present.stream()
                        .filter(member -> member.wants(key, value))
                        .toList());
    }

    /** Few enough that bounds meet values and each other, with those at the ends of the type. */
    private static List<Object> values(ColumnType type, SplittableRandom random) {
        return IntStream.range(0, 40)
                .<Object>mapToObj(i -> value(type, i, random))
                .toList();
    }

    private static Object value(ColumnType type, int i, SplittableRandom random) {
        return switch (type) {
            case ScalarType scalar -> scalar(scalar, i, random);
            case VarcharType varchar -> text(random);
            default ->
                new BigDecimal(random.nextInt(-400, 400)).movePointLeft(2).setScale(2);
        };
    }

    private static Object scalar(ScalarType type, int i, SplittableRandom random) {
        return switch (type) {
            case I32 -> i == 0 ? Integer.MIN_VALUE : i == 1 ? Integer.MAX_VALUE : random.nextInt(-20, 20);
            case I64 -> i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : (Long) random.nextLong(-20, 20);
            case U64 -> new java.math.BigInteger(64, new java.util.Random(random.nextLong()));
            case F64 -> i == 0 ? Double.NaN : i == 1 ? -0.0 : i == 2 ? 0.0 : (Double) (random.nextInt(-9, 9) / 4.0);
            case TIMESTAMPTZ -> Instant.ofEpochSecond(1_700_000_000L, random.nextInt(30) * 1000L);
            case DATE -> LocalDate.ofEpochDay(random.nextInt(30));
            case UUID -> new UUID(random.nextInt(3) * Long.MIN_VALUE, random.nextLong());
            case BOOL -> i % 2 == 0;
            default -> text(random);
        };
    }

    private static String text(SplittableRandom random) {
        String[] parts = {"", "a", "b", "\u00e9", "\ud83d\ude00", "https://", "zz"};
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "" : "https://");
        for (int i = random.nextInt(4); i > 0 && text.length() < 10; i--) {
            text.append(parts[random.nextInt(parts.length - 2)]);
        }
        return text.toString();
    }
}
