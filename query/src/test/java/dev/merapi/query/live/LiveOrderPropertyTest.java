package dev.merapi.query.live;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.value.ResultComparator;
import dev.merapi.api.value.RowLayout;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order of encoded rows, which clients keep, is the order ORDER BY gives, for values of all types. */
class LiveOrderPropertyTest {
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("boolean", List.of("true", "false"));
        VALUES.put("smallint", List.of("-3", "0", "7", "255", "256"));
        VALUES.put("integer", List.of("-1", "0", "1", "256", "65536", "-2147483648"));
        VALUES.put("bigint", List.of("-1", "9223372036854775807", "4294967296", "5"));
        VALUES.put("real", List.of("-0", "0", "1.5", "NaN", "Infinity", "-Infinity"));
        VALUES.put("double precision", List.of("-0", "0", "1e300", "NaN", "-2.5", "-Infinity"));
        VALUES.put("numeric", List.of("1.0", "1.00", "-1", "0", "0.0", "123456789012345678901234567890", "-0.5"));
        VALUES.put("numeric(6,2)", List.of("1.5", "-1.5", "99", "0"));
        VALUES.put("text", List.of("", "a", "B", "ab", "é", "\uD83C\uDF0B", "\uFFFD", "z"));
        VALUES.put("varchar(3)", List.of("", "a", "b", "abc"));
        VALUES.put("bytea", List.of("\\x", "\\x00", "\\x7f", "\\x80", "\\xff00"));
        VALUES.put("date", List.of("1969-12-31", "1970-01-01", "2024-02-29", "0001-01-01"));
        VALUES.put("time", List.of("00:00", "23:59:59.999999", "12:00"));
        VALUES.put("timestamp", List.of("1969-12-31 23:59:59", "1970-01-01", "2024-02-29 12:00"));
        VALUES.put("timestamptz", List.of("1969-12-31 23:59:59+00", "1970-01-01 01:00+02", "2024-02-29 12:00Z"));
        VALUES.put("interval", List.of("1 month", "30 days", "29 days 24:00", "-1 day", "00:00:01"));
        VALUES.put(
                "uuid",
                List.of(
                        "00000000-0000-0000-0000-000000000001",
                        "7fffffff-0000-0000-8000-000000000000",
                        "80000000-0000-0000-0000-000000000000",
                        "7fffffff-0000-0000-7fff-000000000000"));
        VALUES.put(
                "jsonb",
                List.of(
                        "null",
                        "true",
                        "false",
                        "1",
                        "1.0",
                        "-2.5",
                        "\"\"",
                        "\"a\"",
                        "\"\\u0001\\n\\\"x\"",
                        "\"é\"",
                        "[]",
                        "[1]",
                        "[1, 2]",
                        "[[]]",
                        "[[], 1]",
                        "{}",
                        "{\"a\": 1}",
                        "{\"a\": 2}",
                        "{\"b\": 1}",
                        "{\"aa\": 1}",
                        "{\"a\": {\"b\": []}, \"c\": \"}\"}",
                        "[\"]\", {\"x\": [1, 2]}]",
                        "100"));
        VALUES.put("integer[]", List.of("{}", "{1}", "{1,2}", "{2}", "{NULL}", "{1,NULL}"));
        VALUES.put("text[]", List.of("{}", "{a}", "{a,b}", "{\"\"}", "{é}"));
        VALUES.put("numeric[]", List.of("{1.0}", "{1.00,2}", "{-1}", "{}"));
    }

    @Test
    void rows_that_a_client_sorts_stand_as_in_the_answer_of_a_query() {
        property().runs(150).explore(draw -> {
            LiveWorld world = new LiveWorld();
            List<String> types = List.copyOf(VALUES.keySet());
            List<String> columns = new ArrayList<>();
            for (int i = draw.intBetween(1, 4); i > 0; i--) {
                columns.add(draw.pick(types));
            }
            create(world, draw, columns);
            String order = order(draw, columns.size());
            String shown = shown(draw, columns.size());
            String live = "SELECT " + shown + " FROM t ORDER BY " + order;
            String once = "SELECT " + shown + " FROM t ORDER BY " + order + ", " + shown;
            draw.note(columns + " " + live);

            LiveQuery query = world.compile(live);
            List<byte[]> rows = world.rows(query);

            assertThat(rows.stream().map(row -> text(query, row)))
                    .containsExactlyElementsOf(world.query(once).stream()
                            .map(row -> text(world.compile("SELECT " + shown + " FROM t"), row))
                            .toList());
            Collections.reverse(rows);
            rows.sort(new ResultComparator(query.rowType(), query.order()));
            assertThat(rows).containsExactlyElementsOf(world.rows(query));
        });
    }

    private static void create(LiveWorld world, Draw draw, List<String> columns) {
        StringBuilder table = new StringBuilder("CREATE TABLE t (id integer PRIMARY KEY");
        StringBuilder insert = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            table.append(", c").append(i).append(' ').append(columns.get(i));
        }
        world.run(table + ")");
        for (int id = draw.intBetween(0, 12); id > 0; id--) {
            insert.append("INSERT INTO t VALUES (").append(id);
            for (String type : columns) {
                String value = draw.pick(VALUES.get(type)).replace("'", "''");
                insert.append(draw.oneIn(5) ? ", NULL" : ", '" + value + "'");
            }
            insert.append(");");
        }
        world.run(insert.toString());
    }

    private static String order(Draw draw, int columns) {
        List<String> parts = new ArrayList<>();
        for (int i = draw.intBetween(1, 3); i > 0; i--) {
            String direction = draw.pick(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST"));
            parts.add("c" + draw.intBetween(0, columns - 1) + direction);
        }
        return String.join(", ", parts);
    }

    /** The key is always shown: without it rows may differ in the form of equal values alone. */
    private static String shown(Draw draw, int columns) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            if (draw.bool()) {
                shown.add("c" + i);
            }
        }
        shown.add("id");
        return String.join(", ", shown);
    }

    /** The columns that are not hidden. */
    private static String text(LiveQuery query, byte[] row) {
        Object[] values = RowLayout.of(query.rowType()).decode(row);
        return Arrays.deepToString(
                Arrays.copyOf(values, values.length - query.order().hidden()));
    }
}
