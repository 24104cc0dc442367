package dev.merapi.api.value;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.testing.property.Draw;
import dev.merapi.testing.property.Generators;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TextFormatPropertyTest {
    private static final List<ColumnType> TYPES = List.of(
            ScalarType.BOOL,
            ScalarType.I64,
            ScalarType.U256,
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
            new ArrayType(ScalarType.INTERVAL),
            new ArrayType(new ArrayType(ScalarType.I64)));

    private static Object value(Draw draw, ColumnType type) {
        if (type instanceof ArrayType array) {
            return draw.list(
                    0,
                    4,
                    inner -> inner.oneIn(5) && !(array.element() instanceof ArrayType)
                            ? null
                            : value(inner, array.element()));
        }
        if (type instanceof DecimalType) {
            return new BigDecimal(draw.from(Generators.bigIntegers(200)), draw.intBetween(0, 40));
        }
        long seconds = draw.longBetween(-60_000_000_000L, 200_000_000_000L);
        return switch ((ScalarType) type) {
            case BOOL -> draw.bool();
            case I64 -> draw.from(Generators.longs());
            case U256 -> draw.from(Generators.bigIntegers(255)).abs();
            case F32 -> draw.from(Generators.doubles()).floatValue();
            case F64 -> draw.from(Generators.doubles());
            case TEXT -> draw.from(Generators.strings(0, 6)).replace("\0", "");
            case BYTES -> draw.from(Generators.bytes(0, 6));
            case DATE -> LocalDate.ofEpochDay(seconds / 86_400);
            case TIME -> LocalTime.ofNanoOfDay(draw.longBetween(0, 86_399_999_999L) * 1000);
            case TIMESTAMP -> LocalDateTime.ofEpochSecond(seconds, draw.intBetween(0, 999_999) * 1000, ZoneOffset.UTC);
            case TIMESTAMPTZ -> Instant.ofEpochSecond(seconds, draw.intBetween(0, 999_999) * 1000L);
            case UUID -> new UUID(draw.from(Generators.longs()), draw.from(Generators.longs()));
            case IDENTITY -> Identity.fromBytes(draw.from(Generators.bytes(32, 32)));
            case CONNECTION_ID -> ConnectionId.fromBytes(draw.from(Generators.bytes(16, 16)));
            case INTERVAL ->
                new Interval(draw.from(Generators.ints()), draw.from(Generators.ints()), draw.from(Generators.longs()));
            default -> throw new IllegalStateException("not drawn here: " + type);
        };
    }

    @Test
    void what_is_printed_reads_back_as_the_same_value() {
        property().runs(5000).explore(draw -> {
            ColumnType type = draw.pick(TYPES);
            Object value = value(draw, type);
            String text = TextFormat.format(type, value);
            draw.note(type.sqlName() + " " + text);

            Object back = TextFormat.parse(type, text);

            if (value instanceof byte[] bytes) {
                assertThat((byte[]) back).isEqualTo(bytes);
            } else {
                assertThat(back).isEqualTo(value);
            }
        });
    }

    @Test
    void no_shorter_digits_than_the_printed_ones_read_back_as_the_same_float() {
        property().runs(3000).explore(draw -> {
            double value = draw.from(Generators.doubles());
            if (!Double.isFinite(value) || value == 0) {
                return;
            }
            String text = TextFormat.format(ScalarType.F64, value);
            draw.note(text);
            BigDecimal printed = new BigDecimal(text).stripTrailingZeros();
            if (printed.precision() == 1) {
                return;
            }

            BigDecimal exact = new BigDecimal(value);
            MathContext shorter = new MathContext(printed.precision() - 1);
            BigDecimal candidate = exact.round(shorter);

            boolean tie = isHalfway(exact, candidate, value);
            assertThat(candidate.doubleValue() == value && !tie).isFalse();
        });
    }

    /** Digits exactly between two floats do not count: a reader may round them either way. */
    private static boolean isHalfway(BigDecimal exact, BigDecimal candidate, double value) {
        double neighbour = candidate.compareTo(exact) > 0 ? Math.nextUp(value) : Math.nextDown(value);
        if (!Double.isFinite(neighbour)) {
            return false;
        }
        BigDecimal half = new BigDecimal(neighbour).subtract(exact).abs().divide(BigDecimal.valueOf(2));
        return candidate.subtract(exact).abs().compareTo(half) == 0;
    }

    @Test
    void canonical_json_is_its_own_canonical_form() {
        property().runs(1000).explore(draw -> {
            String key = draw.from(Generators.strings(0, 4)).replace("\0", "");
            StringBuilder text = new StringBuilder("{");
            JsonText.appendString(text, key);
            text.append(" : [ 1.50 , ").append(draw.intBetween(-99, 99)).append("e2 , null,true ] , \"b\":{} }");
            draw.note(text);

            String canonical = JsonText.canonical(text.toString());

            assertThat(JsonText.canonical(canonical)).isEqualTo(canonical);
        });
    }

    @Test
    void hostile_texts_are_refused_by_code_or_read_but_never_crash() {
        List<ColumnType> all = Arrays.stream(ScalarType.values())
                .map(type -> (ColumnType) type)
                .toList();
        property().runs(5000).explore(draw -> {
            ColumnType type = draw.pick(all);
            String text = draw.from(Generators.strings(0, 20, "0123456789-+:./ TZePYMDHSadoefinrsx{}[],\"\\\u00e9 "));
            draw.note(type.sqlName() + " " + text);

            try {
                assertThat(TextFormat.parse(type, text)).isNotNull();
            } catch (CodedException e) {
                assertThat(e.code().sqlState()).isNotNull();
            }
        });
    }

    @Test
    void numbers_beyond_every_limit_are_refused_without_being_written_out() {
        for (String text : List.of("1e1000000000", "1e-1000000000", "9".repeat(200_000))) {
            try {
                assertThat(TextFormat.parse(DecimalType.UNCONSTRAINED, text)).isInstanceOf(BigDecimal.class);
            } catch (CodedException e) {
                assertThat(e.code().sqlState()).isEqualTo("22003");
            }
        }
    }
}
