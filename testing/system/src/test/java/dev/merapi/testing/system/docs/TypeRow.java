package dev.merapi.testing.system.docs;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.query.sql.expression.TypeNames;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the SQL reference says about one type, besides what follows from the code.
 *
 * @param declared how SQL writes it
 * @param range what values there are
 * @param bytes how BSATN writes them
 * @param example a value, as the text of a literal
 * @param bounds further values that have to go through: the least and the greatest, where there are such
 * @param beyond a literal that is refused, and how
 */
record TypeRow(
        ColumnType type,
        String declared,
        String range,
        String bytes,
        String example,
        List<String> bounds,
        @Nullable Beyond beyond) {
    /** A value that the type does not have. */
    record Beyond(String literal, ErrorCode code) {}

    /** Every scalar type there is, and one of each family with parameters. */
    static List<TypeRow> all() {
        return Stream.concat(
                        Arrays.stream(ScalarType.values()).map(TypeRow::of),
                        Stream.of(
                                new TypeRow(
                                        DecimalType.UNCONSTRAINED,
                                        "numeric",
                                        "131,072 digits before and 16,383 after the point; no NaN, no infinity",
                                        "u16 digits after the point, u32 length, two's complement of all digits",
                                        "-12.50",
                                        List.of("0", "9".repeat(40) + "." + "9".repeat(40)),
                                        new Beyond("NaN", ErrorCode.UNSUPPORTED_SQL)),
                                new TypeRow(
                                        new DecimalType(10, 2),
                                        "numeric(10,2)",
                                        "at most 10 digits, 2 of them after the point; (1,0) to (1000,1000)",
                                        "as numeric",
                                        "12.50",
                                        List.of("-99999999.99", "99999999.99"),
                                        new Beyond("100000000", ErrorCode.VALUE_OUT_OF_RANGE)),
                                new TypeRow(
                                        new VarcharType(20),
                                        "varchar(20)",
                                        "at most 20 characters; (1) to (10485760)",
                                        "as text",
                                        "hi",
                                        List.of("", "x".repeat(20)),
                                        new Beyond("x".repeat(21), ErrorCode.STRING_TOO_LONG)),
                                new TypeRow(
                                        new ArrayType(ScalarType.I32),
                                        "integer[]",
                                        "any number of elements of one type, NULL among them; at most 6 dimensions",
                                        "u32 count, elements; each with an option tag, 0 with a value, 1 for NULL",
                                        "{1,2}",
                                        List.of("{}", "{-2147483648}"),
                                        new Beyond("{2147483648}", ErrorCode.VALUE_OUT_OF_RANGE))))
                .toList();
    }

    private static TypeRow of(ScalarType type) {
        return switch (type) {
            case BOOL -> scalar(type, "false, true", "0 or 1", "true", "false");
            case I8, I16, I32, I64, I128, I256, U8, U16, U32, U64, U128, U256 -> integer(type);
            case F32 ->
                scalar(type, "about ±3.4·10³⁸, 6 digits; NaN, ±Infinity", "IEEE 754", "1.5", "NaN", "-Infinity")
                        .refuses("1e39", ErrorCode.VALUE_OUT_OF_RANGE);
            case F64 ->
                scalar(type, "about ±1.8·10³⁰⁸, 15 digits; NaN, ±Infinity", "IEEE 754", "1.5", "NaN", "-Infinity")
                        .refuses("1e309", ErrorCode.VALUE_OUT_OF_RANGE);
            case TEXT -> scalar(type, "any length a row has room for; no U+0000", "u32 length, UTF-8", "hé", "", "🌋");
            case BYTES -> scalar(type, "any length a row has room for", "u32 length, the bytes", "\\xbeef", "\\x");
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> temporal(type);
            case UUID ->
                scalar(
                        type,
                        "any 128 bits",
                        "the bytes of the canonical text in reverse",
                        "00112233-4455-6677-8899-aabbccddeeff",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff");
            case IDENTITY ->
                scalar(
                                type,
                                "any 256 bits, as 64 hexadecimal digits",
                                "the printed digits in reverse",
                                "c2003a649183275719a1176e2b7de9767e15116140665412d14aab473d731a35",
                                "0".repeat(64),
                                "f".repeat(64))
                        .refuses("c200", ErrorCode.INVALID_VALUE);
            case CONNECTION_ID ->
                scalar(
                                type,
                                "any 128 bits, as 32 hexadecimal digits",
                                "the printed digits in reverse",
                                "0102030405060708090a0b0c0d0e0f10",
                                "0".repeat(32),
                                "f".repeat(32))
                        .refuses("0".repeat(33), ErrorCode.INVALID_VALUE);
            case JSON ->
                scalar(
                        type,
                        "nesting up to 1,000; as PostgreSQL's jsonb: one of each key, numbers keep their digits",
                        "u32 length, canonical JSON in UTF-8",
                        "{\"a\": [1, null]}",
                        "null",
                        "123456789012345678901234567890.50");
        };
    }

    private static TypeRow temporal(ScalarType type) {
        return switch (type) {
            case DATE ->
                scalar(
                                type,
                                "5877642-06-23 BC to 5881580-07-11",
                                "i32 days since 1970-01-01",
                                "2026-01-31",
                                "5877642-06-23 BC",
                                "5881580-07-11")
                        .refuses("5881580-07-12", ErrorCode.VALUE_OUT_OF_RANGE);
            case TIME ->
                scalar(
                                type,
                                "00:00:00 to 23:59:59.999999",
                                "i64 microseconds since midnight",
                                "12:30:00",
                                "00:00:00",
                                "23:59:59.999999")
                        .refuses("24:00:00", ErrorCode.DATETIME_OUT_OF_RANGE);
            case TIMESTAMP ->
                scalar(
                                type,
                                "290001 BC to 290000, in microseconds",
                                "i64 microseconds since 1970-01-01 00:00",
                                "2026-01-31 12:30:00.5",
                                "290001-01-01 00:00:00 BC",
                                "290000-12-31 23:59:59.999999")
                        .refuses("290001-01-01", ErrorCode.DATETIME_OUT_OF_RANGE);
            case TIMESTAMPTZ ->
                scalar(
                                type,
                                "as timestamp; an instant, its zone is not kept",
                                "i64 microseconds since 1970-01-01 00:00 UTC",
                                "2026-01-31 12:30:00+01",
                                "290001-01-01 00:00:00+00 BC",
                                "290000-12-31 23:59:59.999999+00")
                        .refuses("290001-01-01", ErrorCode.DATETIME_OUT_OF_RANGE);
            case INTERVAL ->
                scalar(
                                type,
                                "±2³¹ months, ±2³¹ days and ±2⁶³ microseconds",
                                "i32 months, i32 days, i64 microseconds",
                                "1 mon 2 days 03:00:00",
                                "2147483647 months -2147483648 days",
                                "9223372036854775807 microseconds")
                        .refuses("2147483648 days", ErrorCode.DATETIME_OUT_OF_RANGE);
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    private static TypeRow integer(ScalarType type) {
        int bits = type.fixedWidth() * Byte.SIZE;
        int valueBits = type.isSignedInteger() ? bits - 1 : bits;
        BigInteger greatest = BigInteger.TWO.pow(valueBits).subtract(BigInteger.ONE);
        BigInteger least =
                type.isSignedInteger() ? BigInteger.TWO.pow(valueBits).negate() : BigInteger.ZERO;
        String range = bits <= 64
                ? "%,d to %,d".formatted(least, greatest)
                : (type.isSignedInteger() ? "−2" + superscript(valueBits) : "0") + " to 2" + superscript(valueBits)
                        + " − 1";
        String bytes = type.isSignedInteger() ? "two's complement" : "unsigned";
        return scalar(type, range, bytes, "42", least.toString(), greatest.toString())
                .refuses(greatest.add(BigInteger.ONE).toString(), ErrorCode.VALUE_OUT_OF_RANGE);
    }

    private static String superscript(int number) {
        return Integer.toString(number)
                .chars()
                .mapToObj(digit -> String.valueOf("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0')))
                .reduce("", String::concat);
    }

    private static TypeRow scalar(ScalarType type, String range, String bytes, String example, String... bounds) {
        int width = type.fixedWidth();
        String size = width < 0 ? "" : width == 1 ? "1 byte: " : width + " bytes: ";
        return new TypeRow(type, type.sqlName(), range, size + bytes, example, List.of(bounds), null);
    }

    private TypeRow refuses(String literal, ErrorCode code) {
        return new TypeRow(type, declared, range, bytes, example, bounds, new Beyond(literal, code));
    }

    /** All names of the type but the one it is declared with, from the code and, where it is several words, by hand. */
    List<String> otherNames() {
        List<String> names = new ArrayList<>();
        switch (type) {
            case ScalarType scalar -> {
                TypeNames.names().entrySet().stream()
                        .filter(entry -> entry.getValue() == scalar)
                        .map(Map.Entry::getKey)
                        .filter(name -> !name.equals(declared))
                        .sorted()
                        .forEach(names::add);
                if (scalar == ScalarType.F64) {
                    names.add("float");
                    names.add("float(25)");
                } else if (scalar == ScalarType.F32) {
                    names.add("float(24)");
                } else if (scalar == ScalarType.TEXT) {
                    names.add("varchar");
                }
            }
            case DecimalType decimal ->
                names.addAll(
                        decimal.isConstrained() ? List.of("decimal(10,2)", "dec(10,2)") : List.of("decimal", "dec"));
            case VarcharType varchar ->
                names.addAll(List.of("character varying(20)", "char(20)", "character(20)", "bpchar(20)"));
            case ArrayType array -> names.addAll(List.of("integer array", "int4[]", "integer[3]"));
            case RecordType record -> throw new IllegalArgumentException("has no name in SQL: " + record);
            case SumType sum -> throw new IllegalArgumentException("has no name in SQL: " + sum);
        }
        return List.copyOf(names);
    }
}
