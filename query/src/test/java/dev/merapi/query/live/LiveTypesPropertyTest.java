package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.query.Tables;
import dev.merapi.query.live.row.RowChange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys, groups, orders and joins of live queries over columns of every type equal the query asked once. */
class LiveTypesPropertyTest {
    private static final RecordType POINT = new RecordType(
            "point", List.of(Column.required("x", ScalarType.U16), Column.optional("label", ScalarType.TEXT)));
    private static final SumType COLOR = SumType.ofNames("color", "red", "green", "blue");
    private static final SumType SHAPE = new SumType(
            "shape",
            List.of(
                    Variant.of("none"),
                    Variant.of("at", POINT),
                    new Variant("many", new ArrayType(COLOR, false), true)));

    private static final List<String> QUERIES = List.of(
            "SELECT * FROM t",
            "SELECT id, v FROM t WHERE k = %s",
            "SELECT id FROM t WHERE k <> %s OR v IS NULL",
            "SELECT id, k FROM t WHERE k >= %s AND k <= %s",
            "SELECT v FROM t WHERE k IN (%s, %s)",
            "SELECT DISTINCT k FROM t",
            "SELECT k, count(*) FROM t WHERE v <> %s GROUP BY k",
            "SELECT count(DISTINCT v), array_agg(k ORDER BY id) FROM t",
            "SELECT id, k, v FROM t ORDER BY k DESC, id LIMIT 3",
            "SELECT a.id, b.id AS other FROM t a JOIN t b ON a.k = b.v",
            "SELECT a.id, b.k FROM t a LEFT JOIN t b ON a.v = b.k AND b.id > a.id",
            "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM t u WHERE u.v = t.k AND u.id <> t.id)",
            "SELECT k FROM t UNION SELECT v FROM t",
            "SELECT k FROM t EXCEPT SELECT v FROM t",
            "SELECT id, rank() OVER (ORDER BY k) FROM t",
            "SELECT coalesce(v, k) AS c, to_jsonb(k) AS j FROM t WHERE v IS NULL OR v = k");

    static Stream<Arguments> types() {
        List<Arguments> types = new ArrayList<>();
        for (ScalarType type : ScalarType.values()) {
            types.add(Arguments.of(type, literals(type)));
        }
        types.add(Arguments.of(new DecimalType(6, 2), List.of("1.50", "-1.50", "1000")));
        types.add(Arguments.of(new VarcharType(5), List.of("a", "b", "é")));
        types.add(Arguments.of(new ArrayType(ScalarType.U8), List.of("{}", "{1}", "{1,NULL}", "{255}")));
        types.add(Arguments.of(new ArrayType(COLOR, false), List.of("{}", "{red}", "{red,blue}")));
        types.add(Arguments.of(COLOR, List.of("red", "green", "blue")));
        types.add(Arguments.of(POINT, List.of("{\"x\": 1}", "{\"x\": 1, \"label\": \"a\"}", "{\"x\": 65535}")));
        types.add(Arguments.of(
                SHAPE, List.of("none", "{\"at\": {\"x\": 1}}", "{\"many\": null}", "{\"many\": [\"blue\", \"red\"]}")));
        return types.stream();
    }

    private static List<String> literals(ScalarType type) {
        return switch (type) {
            case BOOL -> List.of("true", "false");
            case I8, I16, I32, I64, I128, I256, U8, U16, U32, U64, U128, U256 -> integers(type);
            case F32, F64 -> List.of("0", "-1.5", "1e30", "NaN", "-Infinity");
            case TEXT -> List.of("", "a", "ab", "🌋");
            case BYTES -> List.of("\\x", "\\x00", "\\xff00");
            case DATE -> List.of("2026-01-31", "1900-01-01", "2026-02-01");
            case TIME -> List.of("00:00:00", "12:30:00.5", "23:59:59");
            case TIMESTAMP, TIMESTAMPTZ -> List.of("2026-01-31 12:00", "1900-01-01", "2026-01-31 12:00:00.000001");
            case UUID -> List.of("00112233-4455-6677-8899-aabbccddeeff", "ffffffff-ffff-ffff-ffff-ffffffffffff");
            case JSON -> List.of("1", "{\"a\": [1, null]}", "\"a\"", "[]");
            case INTERVAL -> List.of("1 mon", "3 days", "-5 minutes");
            case IDENTITY -> List.of("00".repeat(32), "c2".repeat(32), "ff".repeat(32));
            case CONNECTION_ID -> List.of("00".repeat(16), "01".repeat(16), "ff".repeat(16));
        };
    }

    /** Its ends and what is near them: where a sign or a width would be lost, the order would be wrong. */
    private static List<String> integers(ScalarType type) {
        int bits = type.fixedWidth() * Byte.SIZE - (type.isSignedInteger() ? 1 : 0);
        BigInteger end = BigInteger.TWO.pow(bits);
        String least = type.isSignedInteger() ? end.negate().toString() : "0";
        return List.of(
                least,
                "1",
                "7",
                end.shiftRight(1).toString(),
                end.subtract(BigInteger.ONE).toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void followed_rows_equal_the_query_asked_once(ColumnType type, List<String> literals) {
        long seed = Long.getLong("property.seed", type.toString().hashCode());
        SplittableRandom random = new SplittableRandom(seed);
        LiveWorld world = new LiveWorld();
        world.create(Tables.table(
                "t",
                random.nextBoolean() ? List.of("k", "v") : List.of(),
                Column.required("id", ScalarType.I32),
                Column.required("k", type),
                Column.optional("v", type)));
        Map<LiveResult, String> queries = new LinkedHashMap<>();
        Map<LiveResult, List<String>> followed = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            world.run(insert(random, literals));
        }
        for (String template : QUERIES) {
            String sql = template.formatted(literal(random, literals), literal(random, literals));
            LiveQuery query = world.compile(sql);
            LiveResult result = world.attach(query);
            queries.put(result, sql);
            followed.put(result, hex(world.rows(query)));
        }

        for (int step = 0; step < 25; step++) {
            for (QueryUpdate update : world.run(transaction(random, literals))) {
                List<String> rows = followed.getOrDefault(update.result(), List.of());
                update.changes().forEach(change -> apply(rows, change));
            }
            queries.forEach((result, sql) -> assertThat(followed.get(result))
                    .as("seed=%d %s", seed, sql)
                    .containsExactlyInAnyOrderElementsOf(hex(world.query(sql))));
        }
    }

    private static void apply(List<String> rows, RowChange change) {
        if (change.before() != null) {
            assertThat(rows.remove(HexFormat.of().formatHex(change.before()))).isTrue();
        }
        if (change.after() != null) {
            rows.add(HexFormat.of().formatHex(change.after()));
        }
    }

    private static List<String> hex(List<byte[]> rows) {
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(HexFormat.of().formatHex(row)));
        return texts;
    }

    private static String transaction(SplittableRandom random, List<String> literals) {
        int id = random.nextInt(8);
        return switch (random.nextInt(5)) {
            case 0 -> "DELETE FROM t WHERE k = " + literal(random, literals);
            case 1 -> "UPDATE t SET k = " + literal(random, literals) + " WHERE id = " + id;
            case 2 -> "UPDATE t SET v = NULL WHERE v = " + literal(random, literals);
            default -> insert(random, literals);
        };
    }

    private static String insert(SplittableRandom random, List<String> literals) {
        String v = random.nextInt(4) == 0 ? "NULL" : literal(random, literals);
        return "INSERT INTO t VALUES (%d, %s, %s) ON CONFLICT (id) DO UPDATE SET k = EXCLUDED.k, v = EXCLUDED.v"
                .formatted(random.nextInt(8), literal(random, literals), v);
    }

    private static String literal(SplittableRandom random, List<String> literals) {
        return "'" + literals.get(random.nextInt(literals.size())) + "'";
    }
}
