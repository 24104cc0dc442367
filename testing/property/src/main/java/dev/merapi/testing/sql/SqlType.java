package dev.merapi.testing.sql;

import dev.merapi.testing.property.Draw;
import java.util.List;

/**
 * The types expressions are made of. Their values come from small domains, so that joins find partners and groups have
 * several rows. Floats are multiples of 0.25: their sums do not depend on the order of adding.
 */
public enum SqlType {
    INT("integer"),
    LONG("bigint"),
    NUMERIC("numeric"),
    MONEY("numeric(8,2)"),
    FLOAT("double precision"),
    TEXT("text"),
    BOOL("boolean"),
    DATE("date"),
    TIME("time"),
    TIMESTAMP("timestamp"),
    TIMESTAMPTZ("timestamptz"),
    INTERVAL("interval"),
    UUID("uuid"),
    JSON("jsonb"),
    BYTES("bytea"),
    INTS("integer[]"),
    TEXTS("text[]");

    static final List<SqlType> ALL = List.of(values());

    /** Types that have a least and a greatest value in both databases. */
    static final List<SqlType> EXTREMES =
            List.of(INT, LONG, NUMERIC, MONEY, FLOAT, TEXT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL);

    private final String sql;

    SqlType(String sql) {
        this.sql = sql;
    }

    /** The type as SQL writes it. */
    public String sql() {
        return sql;
    }

    /** A value that is not NULL. */
    String literal(Draw draw) {
        return switch (this) {
            case INT -> String.valueOf(draw.intBetween(0, 6));
            case LONG -> draw.pick(List.of("0", "1", "2", "3", "4000000000")) + "::bigint";
            case NUMERIC -> draw.pick(List.of("0.5", "1.5", "2.25", "(-3.75)", "10.125", "7.5")) + "::numeric";
            case MONEY -> draw.pick(List.of("0.50", "1.00", "19.99", "(-5.00)", "0.00")) + "::numeric(8,2)";
            case FLOAT -> draw.pick(List.of("0.25", "1.5", "(-2.75)", "4", "0", "1.25")) + "::float8";
            case TEXT -> quoted(draw, List.of("a", "b", "ab", "B", "", "abc", "a_c", "ü", "x y")) + "::text";
            case BOOL -> draw.pick(List.of("true", "false"));
            case DATE -> "date " + quoted(draw, List.of("2024-01-15", "2024-02-01", "2024-02-29", "2023-12-31"));
            case TIME -> "time " + quoted(draw, List.of("00:00:00", "12:30:45.5", "23:59:59"));
            case TIMESTAMP ->
                "timestamp " + quoted(draw, List.of("2024-01-10 00:00:00", "2024-02-10 12:30:45.5", "2024-03-10"));
            case TIMESTAMPTZ ->
                "timestamptz " + quoted(draw, List.of("2024-01-10 00:00:00+00", "2024-02-10 12:30:00+02"));
            case INTERVAL -> "interval " + quoted(draw, List.of("1 day", "2 hours", "90 minutes", "-3 days", "0"));
            case UUID -> quoted(draw, List.of(uuid('1'), uuid('2'), uuid('f'))) + "::uuid";
            case JSON ->
                quoted(draw, List.of("1", "[]", "{\"a\": 1}", "[1, \"x\"]", "\"s\"", "{}", "null")) + "::jsonb";
            case BYTES -> quoted(draw, List.of("\\x", "\\x01", "\\xff00")) + "::bytea";
            case INTS -> quoted(draw, List.of("{}", "{1}", "{1,2}", "{2,NULL}", "{3,3,3}")) + "::integer[]";
            case TEXTS -> quoted(draw, List.of("{}", "{a}", "{b,NULL}", "{a,b,\"x y\"}")) + "::text[]";
        };
    }

    private static String uuid(char digit) {
        return "00000000-0000-4000-8000-00000000000" + digit;
    }

    private static String quoted(Draw draw, List<String> values) {
        return "'" + draw.pick(values) + "'";
    }

    /** Whether its text is the same for equal values, so that it may be looked at. */
    boolean hasOneForm() {
        return this != NUMERIC && this != MONEY && this != FLOAT && this != INTERVAL && this != JSON;
    }
}
