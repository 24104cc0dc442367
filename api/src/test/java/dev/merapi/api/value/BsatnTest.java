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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BsatnTest {
    private static final RecordType PERSON = new RecordType(
            "person",
            List.of(
                    Column.required("id", ScalarType.U32),
                    Column.required("name", ScalarType.TEXT),
                    Column.optional("age", ScalarType.U8)));
    private static final SumType SHAPE = new SumType(
            "shape",
            List.of(
                    Variant.of("circle", ScalarType.F32),
                    Variant.of("square", new RecordType("square", List.of(Column.required("side", ScalarType.U8)))),
                    Variant.of("empty"),
                    new Variant("named", ScalarType.TEXT, true)));

    static List<Arguments> golden() {
        return List.of(
                Arguments.of(ScalarType.BOOL, true, "01"),
                Arguments.of(ScalarType.I8, (byte) -2, "fe"),
                Arguments.of(ScalarType.I16, (short) -2, "feff"),
                Arguments.of(ScalarType.I32, 17, "11000000"),
                Arguments.of(ScalarType.I64, -1L, "ffffffffffffffff"),
                Arguments.of(ScalarType.U8, (short) 255, "ff"),
                Arguments.of(ScalarType.U16, 65535, "ffff"),
                Arguments.of(ScalarType.U32, 4294967295L, "ffffffff"),
                Arguments.of(ScalarType.U64, new BigInteger("18446744073709551615"), "ffffffffffffffff"),
                Arguments.of(ScalarType.I128, BigInteger.TWO.negate(), "fe" + "ff".repeat(15)),
                Arguments.of(ScalarType.U128, BigInteger.valueOf(258), "0201" + "00".repeat(14)),
                Arguments.of(ScalarType.U256, BigInteger.ONE, "01" + "00".repeat(31)),
                Arguments.of(ScalarType.I256, BigInteger.ONE.negate(), "ff".repeat(32)),
                Arguments.of(ScalarType.F32, 1.5f, "0000c03f"),
                Arguments.of(ScalarType.F64, 1.5d, "000000000000f83f"),
                Arguments.of(ScalarType.TEXT, "hé", "0300000068c3a9"),
                Arguments.of(new VarcharType(3), "abc", "03000000616263"),
                Arguments.of(ScalarType.JSON, new Json("{}"), "020000007b7d"),
                Arguments.of(ScalarType.DATE, LocalDate.of(1970, 1, 2), "01000000"),
                Arguments.of(ScalarType.TIME, LocalTime.of(0, 0, 1), "40420f0000000000"),
                Arguments.of(ScalarType.TIMESTAMP, LocalDateTime.of(1969, 12, 31, 23, 59, 59), "c0bdf0ffffffffff"),
                Arguments.of(ScalarType.TIMESTAMPTZ, Instant.ofEpochSecond(1), "40420f0000000000"),
                Arguments.of(
                        ScalarType.UUID,
                        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                        "ffeeddccbbaa99887766554433221100"),
                Arguments.of(
                        ScalarType.IDENTITY,
                        Identity.fromHex("c2003a649183275719a1176e2b7de9767e15116140665412d14aab473d731a35"),
                        "351a733d47ab4ad1125466406111157e76e97d2b6e17a11957278391643a00c2"),
                Arguments.of(
                        ScalarType.CONNECTION_ID,
                        ConnectionId.fromHex("0102030405060708090a0b0c0d0e0f10"),
                        "100f0e0d0c0b0a090807060504030201"),
                Arguments.of(ScalarType.INTERVAL, new Interval(1, -1, 2), "01000000ffffffff0200000000000000"),
                Arguments.of(DecimalType.UNCONSTRAINED, new BigDecimal("-1.50"), "0200020000006aff"),
                Arguments.of(PERSON, RecordValue.of(PERSON, 1L, "Ann", null), "0100000003000000416e6e01"),
                Arguments.of(PERSON, RecordValue.of(PERSON, 1L, "Ann", (short) 9), "0100000003000000416e6e0009"),
                Arguments.of(SHAPE, SumValue.of(SHAPE, "circle", 1.5f), "000000c03f"),
                Arguments.of(
                        SHAPE,
                        SumValue.of(
                                SHAPE,
                                "square",
                                RecordValue.of(
                                        new RecordType("square", List.of(Column.required("side", ScalarType.U8))), 9)),
                        "0109"),
                Arguments.of(SHAPE, SumValue.of(SHAPE, "empty"), "02"),
                Arguments.of(SHAPE, SumValue.of(SHAPE, "named"), "0301"),
                Arguments.of(
                        new ArrayType(SHAPE, false),
                        List.of(SumValue.of(SHAPE, "empty"), SumValue.of(SHAPE, "named", "x")),
                        "020000000203000100000078"),
                Arguments.of(new ArrayType(ScalarType.I16, false), List.of((short) 1, (short) 2), "0200000001000200"),
                Arguments.of(new ArrayType(ScalarType.I16), Arrays.asList((short) 1, null), "0200000000010001"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void values_have_the_documented_bytes_and_come_back(ColumnType type, Object value, String hex) {
        BsatnWriter out = new BsatnWriter();
        Bsatn.write(out, type, value);

        assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo(hex);
        assertThat(Bsatn.read(new BsatnReader(out.toByteArray()), type)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void cut_bytes_are_refused(ColumnType type, Object value, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int length = 0; length < bytes.length; length++) {
            BsatnReader in = new BsatnReader(bytes, 0, length);
            assertThatExceptionOfType(CodedException.class)
                    .isThrownBy(() -> Bsatn.read(in, type))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BSATN));
        }
    }

    @Test
    void an_option_is_tag_zero_and_the_value_or_tag_one() {
        BsatnWriter out = new BsatnWriter();
        Bsatn.writeOption(out, ScalarType.I8, (byte) 7);
        Bsatn.writeOption(out, ScalarType.I8, null);

        assertThat(out.toByteArray()).containsExactly(0, 7, 1);
    }

    @Test
    void a_declared_scale_rounds_half_up_and_a_declared_precision_is_a_limit() {
        DecimalType type = new DecimalType(4, 2);
        BsatnWriter out = new BsatnWriter();
        Bsatn.write(out, type, new BigDecimal("12.345"));

        assertThat(Bsatn.read(new BsatnReader(out.toByteArray()), type)).isEqualTo(new BigDecimal("12.35"));
        refused(ErrorCode.VALUE_OUT_OF_RANGE, type, new BigDecimal("100"));
    }

    @Test
    void values_that_do_not_fit_are_refused() {
        refused(ErrorCode.VALUE_OUT_OF_RANGE, ScalarType.U8, 256);
        refused(ErrorCode.VALUE_OUT_OF_RANGE, ScalarType.U8, -1);
        refused(ErrorCode.VALUE_OUT_OF_RANGE, ScalarType.I16, 40000);
        refused(ErrorCode.VALUE_OUT_OF_RANGE, ScalarType.U64, BigInteger.TWO.pow(64));
        refused(ErrorCode.VALUE_OUT_OF_RANGE, ScalarType.I128, BigInteger.TWO.pow(127));
        refused(ErrorCode.VALUE_OUT_OF_RANGE, ScalarType.TIMESTAMPTZ, Instant.MAX);
        refused(ErrorCode.WRONG_VALUE_TYPE, ScalarType.I32, "1");
        refused(ErrorCode.INVALID_VALUE, ScalarType.TEXT, "\ud800");
        refused(ErrorCode.NULL_NOT_ALLOWED, new ArrayType(ScalarType.I8, false), Arrays.asList((Byte) null));
    }

    @Test
    void a_length_larger_than_what_is_left_is_refused_before_anything_is_allocated() {
        byte[] twoGigabytes = HexFormat.of().parseHex("ffffff7f00");

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> Bsatn.read(new BsatnReader(twoGigabytes), ScalarType.BYTES))
                .withMessageContaining("length exceeds what is left");
    }

    private static void refused(ErrorCode code, ColumnType type, Object value) {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> Bsatn.write(new BsatnWriter(), type, value))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
