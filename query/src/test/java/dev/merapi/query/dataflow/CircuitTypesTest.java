package dev.merapi.query.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.store.Commit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, groups, orders and sums of every kind of value, where equal values may look different. */
class CircuitTypesTest {
    private static final String TABLE = """
        CREATE TABLE x (id int PRIMARY KEY, n numeric, d numeric(8, 2), u uuid, y bytea, j jsonb, f float8, i interval,
            ts timestamptz, arr int[], s varchar(10), big bigint, dt date, who identity);
        INSERT INTO x VALUES
            (1, 1.0, 1, '00000000-0000-0000-0000-000000000001', '\\x01', '{"a":1}', 'NaN', '1 day',
                '2020-01-01T00:00:00Z', ARRAY[1, 2], 'p', 9000000000, '2020-01-01', 0x0a),
            (2, 1.00, 2, '00000000-0000-0000-0000-000000000002', '\\x02', '[1]', -0.0, '25 hours',
                NULL, ARRAY[1], 'q', 1, NULL, 0x0b);
        """;
    private static final List<String> TRANSACTIONS = List.of(
            """
            INSERT INTO x VALUES
                (3, 2.5, 1, '00000000-0000-0000-0000-000000000001', '\\x01', '{"a":1}', 'NaN', '1 day',
                    '2020-01-01T00:00:00Z', ARRAY[1, 2], 'p', 9000000000, '2020-01-01', X'%s0a'),
                (4, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
            """.formatted("00".repeat(31)),
            "UPDATE x SET n = n + 1, j = '{\"b\": 2}', arr = array_append(arr, 7), s = 'zz' WHERE id <= 2",
            "DELETE FROM x WHERE id = 1",
            "UPDATE x SET y = '\\x03', f = 'Infinity', i = i + interval '1 month', big = -5 WHERE id > 2",
            "DELETE FROM x");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a.id, b.id FROM x a JOIN x b ON a.n = b.n",
                "SELECT a.id, a.n + b.d FROM x a JOIN x b ON a.n = b.d",
                "SELECT a.id, b.id FROM x a LEFT JOIN x b ON a.u = b.u AND a.id < b.id",
                "SELECT a.id, b.id FROM x a JOIN x b ON a.y = b.y",
                "SELECT a.id, b.id FROM x a JOIN x b ON a.j = b.j",
                "SELECT a.id, b.id FROM x a LEFT JOIN x b ON a.who = b.who",
                "SELECT who, count(*), min(who) FROM x GROUP BY who",
                "SELECT a.id, b.id FROM x a FULL JOIN x b ON a.f = b.f AND a.id <> b.id",
                "SELECT a.id FROM x a WHERE a.i IN (SELECT i FROM x WHERE id > 1)",
                "SELECT a.id FROM x a WHERE (a.u, a.y) IN (SELECT u, y FROM x WHERE id > 2)",
                "SELECT y, count(*) FROM x GROUP BY y",
                "SELECT arr, count(*), max(ts), min(dt) FROM x GROUP BY arr",
                "SELECT f, count(*) FROM x WHERE id > 1 GROUP BY f",
                "SELECT dt, GROUPING(dt), s, GROUPING(s), count(*) FROM x GROUP BY GROUPING SETS ((dt), (s), ())",
                "SELECT DISTINCT j FROM x",
                "SELECT y FROM x UNION SELECT y FROM x WHERE id > 1",
                "SELECT u, d FROM x EXCEPT SELECT u, d FROM x WHERE id = 1",
                "SELECT sum(d), avg(d), sum(n), avg(n), sum(big), avg(big), sum(i), avg(i) FROM x",
                "SELECT min(u::text), max(s), min(y), max(y), min(arr), max(i) FROM x",
                "SELECT stddev(d), variance(big), bit_and(id), json_agg(id ORDER BY id) FROM x",
                "SELECT string_agg(s, ',' ORDER BY id DESC), mode() WITHIN GROUP (ORDER BY s) FROM x",
                "SELECT count(DISTINCT arr), count(DISTINCT j), count(DISTINCT y), count(DISTINCT n) FROM x",
                "SELECT id FROM x ORDER BY f DESC, id LIMIT 2",
                "SELECT s, arr FROM x ORDER BY j NULLS FIRST, id LIMIT 3",
                "SELECT s, (SELECT max(b.big) FROM x b WHERE b.u = a.u) FROM x a",
                "SELECT id, n FROM x WHERE n BETWEEN 1 AND 2 AND s LIKE 'p%'",
            })
    void values_of_all_types_are_followed(String sql) {
        FlowWorld world = new FlowWorld(TABLE);
        Circuit circuit = world.circuit(sql);
        FlowWorld.Follower follower = new FlowWorld.Follower(circuit, 1, List.of());

        for (String transaction : TRANSACTIONS) {
            Commit commit = Objects.requireNonNull(world.run(transaction));
            circuit.apply(commit.tables(), (id, row, weight) -> follower.change(row, weight));

            assertThat(follower.faults).isEmpty();
            assertThat(follower.rows).containsExactlyInAnyOrderElementsOf(world.ask(sql, List.of()));
        }
    }
}
