package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.system.LiveDescription.Template;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the census says live queries take in memory is about what the heap grows by. */
final class LiveFootprintTest {
    private static final double TOLERANCE_PERCENT = 30;

    private static final String TABLES = """
        CREATE TABLE items (id integer PRIMARY KEY, owner integer, name text, price numeric);
        CREATE TABLE owners (id integer PRIMARY KEY, name text);
        INSERT INTO items SELECT i, i % 5000, 'item number ' || i, i FROM generate_series(1, 20000) AS i;
        INSERT INTO owners SELECT i, 'owner number ' || i FROM generate_series(0, 4999) AS i;
        """;

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20000 | SELECT * FROM items WHERE id = $1",
                "10000 | SELECT * FROM items WHERE owner = $1 AND price > 100",
                "10000 | SELECT name FROM items WHERE id < $1",
                "1     | SELECT i.name, o.name FROM items i JOIN owners o ON o.id = i.owner WHERE i.id < $1",
                "1     | SELECT owner, count(*), sum(price), max(name) FROM items WHERE id > $1 GROUP BY owner",
                "1     | SELECT owner, count(*) FROM items WHERE id > $1 GROUP BY owner",
                "1     | SELECT DISTINCT name FROM items WHERE id > $1",
                "1     | SELECT * FROM items WHERE id > $1 ORDER BY name LIMIT 10000",
                "1     | SELECT id, rank() OVER (ORDER BY name) FROM items WHERE id > $1",
                "2000  | SELECT i.name, o.name FROM items i JOIN owners o ON o.id = i.owner WHERE i.id = $1",
                "1     | SELECT * FROM items i WHERE id > $1 AND EXISTS (SELECT FROM owners o WHERE o.id = i.owner)"
            })
    void the_census_is_about_right(int subscriptions, String sql) {
        LiveWorld world = new LiveWorld();
        world.run(TABLES);
        // Once before measuring: what is compiled stays.
        world.live.detach(world.attach(world.compile(sql, 1)));
        List<LiveResult> results = new ArrayList<>();
        long before = heap();

        for (int i = 1; i <= subscriptions; i++) {
            results.add(world.attach(world.compile(sql, i)));
        }

        long grown = heap() - before;
        long counted = bytes(world);
        assertThat((double) counted)
                .as("%s bytes counted, heap grown by %s", counted, grown)
                .isCloseTo((double) grown, Percentage.withPercentage(TOLERANCE_PERCENT));
        results.forEach(world.live::detach);
        assertThat(bytes(world)).isZero();
    }

    private static long bytes(LiveWorld world) {
        return world.live.census().templates(10).rows().stream()
                .mapToLong(Template::bytes)
                .sum();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
