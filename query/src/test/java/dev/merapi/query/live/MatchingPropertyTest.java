package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.live.row.RowChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conditions of every form that an index answers, and of some it does not, joined by AND and OR, over columns of many
 * types with NULLs in them: after every commit the followed rows are those of the query asked once, and so are the rows
 * caught up with.
 */
class MatchingPropertyTest {
    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, a int, b bigint NOT NULL, s text, "
            + "v varchar(4), n numeric(6,2), d double precision, at timestamptz, f boolean)";

    private static final List<String> TEXTS = List.of("", "a", "ab", "abc", "ab%", "b", "ba", "zz", "é");
    private static final List<String> PATTERNS =
            List.of("", "%", "a%", "ab%", "a_%", "%b", "ab\\%", "a", "é%", "b%a", "_", "abcdef%");

    static Stream<Long> seeds() {
        Long replay = Long.getLong("property.seed");
        return replay != null ? Stream.of(replay) : LongStream.range(0, 20).boxed();
    }

    /** A query with who follows it. */
    private record Watcher(String sql, Object[] parameters, TableQuery query, LiveResult result, List<String> rows) {
        void apply(List<RowChange> changes) {
            for (RowChange change : changes) {
                if (change.before() != null) {
                    assertThat(rows.remove(hex(change.before())))
                            .as("row before a change is there: %s", sql)
                            .isTrue();
                }
                if (change.after() != null) {
                    rows.add(hex(change.after()));
                }
            }
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void followed_rows_equal_the_query_asked_once(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LiveWorld world = new LiveWorld();
        world.run(TABLE);
        if (random.nextBoolean()) {
            world.run("CREATE INDEX t_a ON t (a)");
            world.run("CREATE INDEX t_s ON t USING hash (s)");
        }
        long beginning = world.database.offset();
        List<String> shapes =
                Stream.generate(() -> condition(random, 2)).limit(12).toList();
        Map<LiveResult, List<Watcher>> watchers = new HashMap<>();
        for (int step = 0; step < 60; step++) {
            if (random.nextInt(2) == 0) {
                Watcher watcher = watch(world, shapes.get(random.nextInt(shapes.size())), random);
                watchers.computeIfAbsent(watcher.result, result -> new ArrayList<>())
                        .add(watcher);
            }
            if (random.nextInt(6) == 0 && !watchers.isEmpty()) {
                watchers.remove(watchers.keySet().iterator().next())
                        .forEach(watcher -> world.live.detach(watcher.result));
            }
            for (QueryUpdate update : world.run(transaction(random))) {
                assertThat(update.ended()).isNull();
                watchers.getOrDefault(update.result(), List.of()).forEach(watcher -> watcher.apply(update.changes()));
            }
            watchers.values().forEach(group -> group.forEach(watcher -> check(watcher, world, beginning, random)));
        }
    }

    private static Watcher watch(LiveWorld world, String shape, SplittableRandom random) {
        List<Object> parameters = new ArrayList<>();
        String sql = "SELECT * FROM t WHERE " + filled(shape, parameters, random);
        Object[] values = parameters.toArray();
        TableQuery query = (TableQuery) world.compile(sql, values);
        Watcher watcher = new Watcher(sql, values, query, world.attach(query), new ArrayList<>());
        world.rows(query).forEach(row -> watcher.rows.add(hex(row)));
        return watcher;
    }

    private static void check(Watcher watcher, LiveWorld world, long beginning, SplittableRandom random) {
        List<String> fresh = world.query(watcher.sql, watcher.parameters).stream()
                .map(MatchingPropertyTest::hex)
                .toList();
        assertThat(watcher.rows)
                .as("followed: %s %s", watcher.sql, List.of(watcher.parameters))
                .containsExactlyInAnyOrderElementsOf(fresh);
        if (random.nextInt(8) == 0) {
            List<String> caughtUp = world.netChanges(watcher.query, beginning).stream()
                    .map(change -> hex(change.after()))
                    .toList();
            assertThat(caughtUp)
                    .as("caught up: %s %s", watcher.sql, List.of(watcher.parameters))
                    .containsExactlyInAnyOrderElementsOf(fresh);
        }
    }

    /** A condition with letters between braces for values of a type. */
    private static String condition(SplittableRandom random, int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 6);
        if (kind >= 6) {
            String operator = random.nextInt(3) == 0 ? " OR " : " AND ";
            return "(" + condition(random, depth - 1) + operator + condition(random, depth - 1)
                    + (random.nextBoolean() ? operator + condition(random, depth - 1) : "") + ")";
        }
        String column = List.of("a", "b", "s", "v", "n", "d", "at", "f").get(random.nextInt(8));
        String value = "{" + column + "}";
        return switch (kind) {
            case 0 -> column + " = " + value;
            case 1 ->
                column + " IN (" + String.join(", ", java.util.Collections.nCopies(1 + random.nextInt(3), value)) + ")";
            case 2 -> column + List.of(" < ", " <= ", " > ", " >= ").get(random.nextInt(4)) + value;
            case 3 -> column + " BETWEEN " + value + " AND " + value;
            case 4 -> text(random);
            default -> other(random, column);
        };
    }

    private static String text(SplittableRandom random) {
        String column = random.nextBoolean() ? "s" : "v";
        return switch (random.nextInt(4)) {
            case 0 -> "starts_with(" + column + ", {s})";
            case 1 -> column + " ^@ {s}";
            default -> column + " LIKE {p}";
        };
    }

    private static String other(SplittableRandom random, String column) {
        return switch (random.nextInt(7)) {
            case 0 -> "a = ANY ({A})";
            case 1 -> "s = ANY ({S})";
            case 2 -> column + " IS NULL";
            case 3 -> "NOT " + column + " = {" + column + "}";
            case 4 -> "a + b > {a}";
            case 5 -> "a < {b}";
            default -> "{b} >= a";
        };
    }

    /** Values in their places, as literals or as parameters. */
    private static String filled(String shape, List<Object> parameters, SplittableRandom random) {
        StringBuilder sql = new StringBuilder();
        int at = 0;
        for (int open = shape.indexOf('{'); open >= 0; open = shape.indexOf('{', at)) {
            int close = shape.indexOf('}', open);
            String kind = shape.substring(open + 1, close);
            sql.append(shape, at, open);
            String literal = literal(kind, random);
            if (literal != null && random.nextBoolean()) {
                parameters.add(literal);
                sql.append("CAST($")
                        .append(parameters.size())
                        .append(" AS ")
                        .append(type(kind))
                        .append(')');
            } else {
                sql.append(literal == null ? "NULL" : "'" + literal + "'")
                        .append("::")
                        .append(type(kind));
            }
            at = close + 1;
        }
        return sql.append(shape.substring(at)).toString();
    }

    private static String type(String kind) {
        return switch (kind) {
            case "a" -> "int";
            case "b" -> "bigint";
            case "n" -> "numeric";
            case "d" -> "double precision";
            case "at" -> "timestamptz";
            case "f" -> "boolean";
            case "A" -> "int[]";
            case "S" -> "text[]";
            default -> "text";
        };
    }

    private static @Nullable String literal(String kind, SplittableRandom random) {
        if (random.nextInt(12) == 0) {
            return null;
        }
        return switch (kind) {
            case "a", "b" -> random.nextInt(20) == 0 ? "2147483647" : "" + random.nextInt(-1, 6);
            case "n" -> random.nextInt(4) == 0 ? "1.255" : random.nextInt(4) + "." + random.nextInt(3) * 25;
            case "d" -> random.nextInt(6) == 0 ? "NaN" : random.nextInt(3) + ".5";
            case "at" -> "2026-01-0" + (1 + random.nextInt(5)) + "T00:00:00Z";
            case "f" -> random.nextBoolean() ? "true" : "false";
            case "A" -> List.of("{}", "{1}", "{1,2,NULL}", "{3,3,4}", "{NULL}").get(random.nextInt(5));
            case "S" -> List.of("{}", "{a}", "{a,ab,NULL}", "{zz,b}").get(random.nextInt(4));
            case "p" -> PATTERNS.get(random.nextInt(PATTERNS.size()));
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    private static String transaction(SplittableRandom random) {
        StringBuilder script = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int id = random.nextInt(20);
            String column = List.of("a", "b", "s", "v", "n", "d", "at", "f").get(random.nextInt(8));
            script.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "DELETE FROM t WHERE id = " + id;
                        case 1 ->
                            "UPDATE t SET " + column + " = " + stored(column, random) + " WHERE id % 5 = " + id % 5;
                        default ->
                            "INSERT INTO t VALUES (" + id + ", "
                                    + String.join(
                                            ", ",
                                            Stream.of("a", "b", "s", "v", "n", "d", "at", "f")
                                                    .map(name -> stored(name, random))
                                                    .toList())
                                    + ") ON CONFLICT DO NOTHING";
                    });
            script.append(';');
        }
        return script.toString();
    }

    private static String stored(String column, SplittableRandom random) {
        String value = literal(column, random);
        return value == null ? column.equals("b") ? "0" : "NULL" : "'" + value + "'::" + type(column);
    }

    private static String hex(byte[] row) {
        return HexFormat.of().formatHex(row);
    }
}
