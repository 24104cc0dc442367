package dev.merapi.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NestedValueTest {
    private static final RecordType POINT = new RecordType(
            "point", List.of(Column.required("x", ScalarType.F64), Column.optional("y", ScalarType.F64)));
    private static final SumType COLOR = SumType.ofNames("color", "red", "green");
    private static final SumType SHAPE = new SumType(
            "shape", List.of(Variant.of("circle", ScalarType.F32), Variant.of("none"), new Variant("at", POINT, true)));
    private static final RecordType EVERYTHING = new RecordType(
            "everything",
            List.of(
                    Column.required("big", ScalarType.U64),
                    Column.required("truth", ScalarType.BOOL),
                    Column.required("text", new VarcharType(20)),
                    Column.required("price", new DecimalType(8, 2)),
                    Column.required("seen", ScalarType.TIMESTAMPTZ),
                    Column.required("local", ScalarType.TIMESTAMP),
                    Column.required("doc", ScalarType.JSON),
                    Column.required("bytes", ScalarType.BYTES),
                    Column.required("who", ScalarType.IDENTITY),
                    Column.optional("odd", ScalarType.F64),
                    Column.required("color", COLOR),
                    Column.required("shapes", new ArrayType(SHAPE)),
                    Column.required("place", POINT)));

    private static RecordValue everything() {
        return RecordValue.of(
                EVERYTHING,
                new BigInteger("18446744073709551615"),
                true,
                "say \"hi\"\n",
                new BigDecimal("-1.50"),
                Instant.parse("2026-01-02T03:04:05Z"),
                LocalDateTime.of(2026, 1, 2, 3, 4, 5),
                new Json("{\"a\": [1, null]}"),
                new byte[] {1, -1},
                Identity.ZERO,
                Double.NaN,
                SumValue.of(COLOR, "green"),
                Arrays.asList(
                        SumValue.of(SHAPE, "none"), null, SumValue.of(SHAPE, "at"), SumValue.of(SHAPE, "circle", 2f)),
                RecordValue.of(POINT, -0.5, null));
    }

    @Test
    void fields_and_payloads_are_read_back() {
        RecordValue value = everything();

        assertThat(value.get("big")).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(value.get("shapes"))
                .isEqualTo(Arrays.asList(
                        SumValue.of(SHAPE, "none"),
                        null,
                        SumValue.of(SHAPE, "at", null),
                        SumValue.of(SHAPE, "circle", 2f)));
        assertThat(((RecordValue) Objects.requireNonNull(value.get("place"))).get("y"))
                .isNull();
        assertThat(SumValue.of(SHAPE, "circle", 2f).payload()).isEqualTo(2f);
        assertThat(SumValue.of(SHAPE, "none").payload()).isNull();
        assertThat(SumValue.of(SHAPE, "at", RecordValue.of(POINT, 1.0, 2.0)).tag())
                .isEqualTo(2);
        assertThat(RecordValue.fromBytes(EVERYTHING, value.toBytes()))
                .isEqualTo(value)
                .hasSameHashCodeAs(value);
        assertThat(SumValue.fromBytes(COLOR, new byte[] {1})).isEqualTo(SumValue.of(COLOR, "green"));
    }

    @Test
    void text_is_json_and_reads_back() {
        RecordValue value = everything();

        assertThat(value)
                .hasToString("{\"big\": 18446744073709551615, \"truth\": true, \"text\": \"say \\\"hi\\\"\\n\", "
                        + "\"price\": -1.50, \"seen\": \"2026-01-02T03:04:05+00:00\", "
                        + "\"local\": \"2026-01-02T03:04:05\", \"doc\": {\"a\": [1, null]}, \"bytes\": \"\\\\x01ff\", "
                        + "\"who\": \"" + "0".repeat(64) + "\", \"odd\": \"NaN\", \"color\": \"green\", "
                        + "\"shapes\": [\"none\", null, {\"at\": null}, {\"circle\": 2}], "
                        + "\"place\": {\"x\": -0.5, \"y\": null}}");
        assertThat(TextFormat.parse(EVERYTHING, value.toString())).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "red | red",
                "'  green ' | green",
                "\"red\" | red",
                "{\"red\": null} | red",
            })
    void a_variant_without_payload_is_written_in_several_ways(String text, String variant) {
        assertThat(TextFormat.parse(COLOR, text.replace("'", ""))).isEqualTo(SumValue.of(COLOR, variant));
        assertThat(TextFormat.format(COLOR, SumValue.of(COLOR, variant))).isEqualTo(variant);
    }

    @Test
    void members_come_in_any_order_and_what_may_be_null_may_be_left_out() {
        assertThat(TextFormat.parse(POINT, "{ \"y\":\"2.5\" , \"x\":1e1}")).isEqualTo(RecordValue.of(POINT, 10.0, 2.5));
        assertThat(TextFormat.parse(POINT, "{\"x\": 1}")).isEqualTo(RecordValue.of(POINT, 1.0, null));
        assertThat(TextFormat.parse(SHAPE, "{\"at\": {\"x\": 1}}"))
                .isEqualTo(SumValue.of(SHAPE, "at", RecordValue.of(POINT, 1.0, null)));
        RecordType empty = new RecordType("nothing", List.of());
        assertThat(TextFormat.parse(empty, "{}"))
                .isEqualTo(RecordValue.of(empty))
                .hasToString("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "7",
                "{\"x\": null}",
                "{\"x\": true}",
                "{\"x\": [1]}",
                "{\"x\": {\"x\": 1}}",
                "{\"x\": 1, \"z\": 2}",
                "{\"x\": 1",
                "{\"x\": \"one\"}",
            })
    void text_that_is_no_point_is_refused(String text) {
        assertThatExceptionOfType(CodedException.class).isThrownBy(() -> TextFormat.parse(POINT, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "square",
                "circle",
                "{}",
                "{\"none\": 1}",
                "{\"none\": {}}",
                "{\"square\": 1}",
                "{\"circle\": null}",
                "{\"circle\": 1, \"none\": null}",
                "\"circle\"",
            })
    void text_that_is_no_shape_is_refused(String text) {
        assertThatExceptionOfType(CodedException.class).isThrownBy(() -> TextFormat.parse(SHAPE, text));
    }

    @Test
    void an_unknown_variant_is_told_the_known_ones() {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> SumValue.of(COLOR, "blue"))
                .satisfies(e -> assertThat(e.hint()).isEqualTo("the variants are red, green"));
    }

    @Test
    void parts_of_the_wrong_kind_are_refused_by_name() {
        assertRefused(() -> RecordValue.of(POINT, null, 1.0), ErrorCode.NULL_NOT_ALLOWED, "point.x");
        assertRefused(() -> RecordValue.of(POINT, 1.0, "two"), ErrorCode.WRONG_VALUE_TYPE, "point.y");
        assertRefused(() -> RecordValue.of(POINT, 1.0), ErrorCode.WRONG_VALUE_TYPE, "fields=2");
        assertRefused(() -> SumValue.of(COLOR, "red", 1), ErrorCode.WRONG_VALUE_TYPE, "color.red");
        assertRefused(() -> SumValue.of(SHAPE, "circle"), ErrorCode.NULL_NOT_ALLOWED, "shape.circle");
        assertRefused(() -> RecordValue.of(POINT, 1.0, 2.0).get("z"), ErrorCode.UNKNOWN_COLUMN, "field=z");
        RecordType other = new RecordType("place", POINT.fields());
        assertRefused(
                () -> Bsatn.write(new BsatnWriter(), other, RecordValue.of(POINT, 1.0, 2.0)),
                ErrorCode.WRONG_VALUE_TYPE,
                "place");
    }

    @Test
    void hostile_bytes_are_refused() {
        assertRefused(() -> SumValue.fromBytes(COLOR, new byte[] {2}), ErrorCode.MALFORMED_BSATN, "tag=2");
        assertRefused(() -> SumValue.fromBytes(COLOR, new byte[] {0, 0}), ErrorCode.MALFORMED_BSATN, "left");
        assertRefused(() -> RecordValue.fromBytes(POINT, new byte[8]), ErrorCode.MALFORMED_BSATN, "left");
        RecordType named = new RecordType("named", List.of(Column.required("name", new VarcharType(2))));
        byte[] tooLong = new BsatnWriter().putString("abc").toByteArray();
        assertRefused(() -> RecordValue.fromBytes(named, tooLong), ErrorCode.STRING_TOO_LONG, "varying(2)");
    }

    @Test
    void types_that_make_no_sense_are_refused() {
        Column x = Column.required("x", ScalarType.I32);
        assertRefused(() -> new RecordType("", List.of(x)), ErrorCode.INVALID_SCHEMA, "record");
        assertRefused(() -> new RecordType("twice", List.of(x, x)), ErrorCode.INVALID_SCHEMA, "twice");
        assertRefused(
                () -> new RecordType("wide", Collections.nCopies(1601, x)), ErrorCode.INVALID_SCHEMA, "limit=1600");
        assertRefused(() -> new SumType("never", List.of()), ErrorCode.INVALID_SCHEMA, "never");
        assertRefused(() -> SumType.ofNames("twice", "a", "a"), ErrorCode.INVALID_SCHEMA, "twice");
        assertRefused(
                () -> new ArrayType(new RecordType("nothing", List.of()), false), ErrorCode.INVALID_SCHEMA, "nothing");
    }

    @Test
    void the_width_is_fixed_where_all_values_have_it() {
        assertThat(COLOR.fixedWidth()).isEqualTo(1);
        assertThat(SHAPE.fixedWidth()).isEqualTo(-1);
        assertThat(POINT.fixedWidth()).isEqualTo(-1);
        assertThat(new RecordType("pair", List.of(Column.required("a", ScalarType.I64), Column.required("b", COLOR)))
                        .fixedWidth())
                .isEqualTo(9);
        assertThat(new SumType(
                                "schedule_at",
                                List.of(
                                        Variant.of("interval", ScalarType.I64),
                                        Variant.of("time", ScalarType.TIMESTAMPTZ)))
                        .fixedWidth())
                .isEqualTo(9);
    }

    @Test
    void sql_calls_equal_what_looks_different_and_java_does_not() {
        RecordValue minus = RecordValue.of(POINT, -0.0, null);
        RecordValue plus = RecordValue.of(POINT, 0.0, null);
        UnaryOperator<Object> key = Objects.requireNonNull(NestedValue.keyFunction(POINT));

        assertThat(minus).isNotEqualTo(plus);
        assertThat(NestedValue.comparator(POINT).compare(minus, plus)).isZero();
        assertThat(key.apply(minus)).isEqualTo(key.apply(plus)).hasSameHashCodeAs(key.apply(plus));
        assertThat(NestedValue.keyFunction(COLOR)).isNull();
    }

    @Test
    void whatever_prints_reads_back() {
        long seed = Long.getLong("property.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3000; i++) {
            ColumnType type = RandomRows.columnType(random, 3);
            if (!(type instanceof RecordType || type instanceof SumType)) {
                continue;
            }
            Object value = RandomRows.value(type, random);
            String text = TextFormat.format(type, value);
            if (!text.contains("u0000")) {
                assertThat(TextFormat.parse(type, text).toString())
                        .as("seed=%d %s", seed, text)
                        .isEqualTo(text);
            }
        }
    }

    private static void assertRefused(Runnable action, ErrorCode code, String part) {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(action::run)
                .withMessageContaining(part)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
