package dev.merapi.query.expr.value;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.JsonText;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.testing.property.Draw;
import dev.merapi.testing.property.Generators;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ValueOrderPropertyTest {
    private static final List<ColumnType> TYPES = List.of(
            ScalarType.BOOL,
            ScalarType.I8,
            ScalarType.I32,
            ScalarType.I64,
            ScalarType.I128,
            ScalarType.U64,
            ScalarType.F32,
            ScalarType.F64,
            ScalarType.TEXT,
            ScalarType.BYTES,
            ScalarType.DATE,
            ScalarType.TIME,
            ScalarType.TIMESTAMP,
            ScalarType.TIMESTAMPTZ,
            ScalarType.UUID,
            ScalarType.INTERVAL,
            ScalarType.IDENTITY,
            ScalarType.CONNECTION_ID,
            DecimalType.UNCONSTRAINED,
            new ArrayType(ScalarType.TEXT),
            new ArrayType(ScalarType.I32));

    /** Few different values of each kind, so that equal ones meet. */
    private static Object value(Draw draw, ColumnType type) {
        if (type instanceof ArrayType array) {
            return draw.list(0, 3, inner -> value(inner, array.element()));
        }
        if (type instanceof DecimalType) {
            return new BigDecimal(BigInteger.valueOf(draw.longBetween(-30, 30)), draw.intBetween(0, 3));
        }
        long n = draw.oneIn(4) ? draw.longBetween(Integer.MIN_VALUE, Integer.MAX_VALUE) : draw.longBetween(-3, 3);
        return switch ((ScalarType) type) {
            case BOOL -> n > 0;
            case I8 -> (byte) n;
            case I32 -> (int) n;
            case I64 -> n;
            case I128 -> BigInteger.valueOf(n).shiftLeft(draw.intBetween(0, 90));
            case U64 -> BigInteger.valueOf(n).abs().shiftLeft(draw.intBetween(0, 32));
            case F32 -> draw.from(Generators.doubles()).floatValue();
            case F64 -> draw.from(Generators.doubles());
            case TEXT -> draw.from(Generators.strings(0, 4));
            case BYTES -> draw.from(Generators.bytes(0, 4));
            case DATE -> LocalDate.ofEpochDay(n % 100_000);
            case TIME -> LocalTime.ofNanoOfDay(Math.floorMod(n, 86_400_000L) * 1_000_000);
            case TIMESTAMP -> LocalDateTime.of(2024, 1, 1, 0, 0).plusSeconds(n);
            case TIMESTAMPTZ -> Instant.EPOCH.plusSeconds(n);
            case UUID -> new UUID(n, draw.longBetween(-3, 3));
            case IDENTITY ->
                Identity.fromHex("%064x".formatted(BigInteger.valueOf(n).abs().shiftLeft(60 * (int) (n & 3))));
            case CONNECTION_ID ->
                ConnectionId.fromHex(
                        "%032x".formatted(BigInteger.valueOf(n).abs().shiftLeft(90)));
            case INTERVAL ->
                new Interval(
                        draw.intBetween(-2, 2), draw.intBetween(-60, 60), draw.longBetween(-3, 3) * 43_200_000_000L);
            default -> throw new IllegalStateException("not drawn here: " + type);
        };
    }

    @Test
    void values_are_ordered_as_the_indexes_of_the_store_order_them() {
        property().runs(3000).explore(draw -> {
            ColumnType type = draw.pick(TYPES);
            Object a = value(draw, type);
            Object b = value(draw, type);
            draw.note(type.sqlName() + ": " + a + " and " + b);
            RowLayout layout = RowLayout.of(RowType.of(new Column("x", type, false)));
            RowKey key = new RowKey(layout, 0);

            int stored = key.compare(layout.encode(a), key, layout.encode(b));

            assertThat(Integer.signum(ValueOrder.comparator(type).compare(a, b)))
                    .isEqualTo(Integer.signum(stored));
        });
    }

    @Test
    void keys_are_equal_exactly_when_values_compare_as_equal() {
        property().runs(3000).explore(draw -> {
            ColumnType type = draw.pick(TYPES);
            Object a = value(draw, type);
            Object b = value(draw, type);
            draw.note(type.sqlName() + ": " + a + " and " + b);
            UnaryOperator<Object> key = ValueOrder.keyFunction(type);
            Object keyA = key == null ? a : key.apply(a);
            Object keyB = key == null ? b : key.apply(b);

            boolean equal = ValueOrder.comparator(type).compare(a, b) == 0;

            assertThat(keyA.equals(keyB)).isEqualTo(equal);
            if (equal) {
                assertThat(keyA).hasSameHashCodeAs(keyB);
            }
        });
    }

    @Test
    void json_is_totally_ordered_and_its_text_survives_being_taken_apart() {
        property().runs(1500).explore(draw -> {
            Json a = json(draw);
            Json b = json(draw);
            Json c = json(draw);
            draw.note(a + " " + b + " " + c);
            Comparator<Object> order = ValueOrder.comparator(ScalarType.JSON);

            assertThat(JsonTree.of(a).json()).isEqualTo(a);
            assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
            if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
                assertThat(order.compare(a, c)).isLessThanOrEqualTo(0);
            }
        });
    }

    private static Json json(Draw draw) {
        return new Json(JsonText.canonical(jsonText(draw, 3)));
    }

    private static String jsonText(Draw draw, int depth) {
        int kind = draw.intBetween(0, depth > 0 ? 6 : 4);
        return switch (kind) {
            case 0 -> "null";
            case 1 -> String.valueOf(draw.bool());
            case 2 ->
                new BigDecimal(BigInteger.valueOf(draw.longBetween(-9, 9)), draw.intBetween(0, 2)).toPlainString();
            case 3, 4 ->
                new JsonTree.Text(draw.from(Generators.strings(0, 3)).replace("\0", ""))
                        .json()
                        .text();
            case 5 -> draw.list(0, 3, inner -> jsonText(inner, depth - 1)).toString();
            default ->
                draw.list(
                                0,
                                3,
                                inner -> "\"" + "abc".charAt(inner.intBetween(0, 2)) + "\":"
                                        + jsonText(inner, depth - 1))
                        .toString()
                        .replaceFirst("^\\[", "{")
                        .replaceFirst("]$", "}");
        };
    }
}
