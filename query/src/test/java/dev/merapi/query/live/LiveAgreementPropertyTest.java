package dev.merapi.query.live;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.testing.property.Draw;
import dev.merapi.testing.sql.SqlQueries;
import dev.merapi.testing.sql.SqlSchema;
import dev.merapi.testing.sql.SqlTransactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * After every commit, for everybody who watches a random query over a random schema: the rows followed are those of the
 * query asked once, on the same snapshot. In the middle watchers come, leave, fall behind and catch up.
 */
class LiveAgreementPropertyTest {
    private static final int COMMITS = 10;
    private static final SqlQueries.Options OPTIONS = new SqlQueries.Options(2, true, true);

    /** Comparisons of a followed result with one asked for, and what became of the queries drawn. */
    private static final class Counts {
        int comparisons;
        final Map<String, Integer> tiers = new TreeMap<>();

        int share(String tier) {
            int all = tiers.values().stream().mapToInt(Integer::intValue).sum();
            return tiers.getOrDefault(tier, 0) * 100 / Math.max(1, all);
        }
    }

    @Test
    void followed_rows_equal_the_query_asked_once() {
        Counts counts = new Counts();

        property().runs(150).explore(draw -> new Run(draw, counts).play());

        assertThat(counts.comparisons).isGreaterThan(2_000);
        // A generator that misses the circuits proves nothing about them.
        assertThat(counts.share("circuit")).as("%s", counts.tiers).isGreaterThan(60);
    }

    @Test
    @Tag("slow")
    void followed_rows_equal_the_query_asked_once_for_long() {
        Counts counts = new Counts();

        property().runs(5_500).explore(draw -> new Run(draw, counts).play());

        System.out.println(counts.comparisons + " comparisons, queries " + counts.tiers);
        assertThat(counts.comparisons).isGreaterThanOrEqualTo(100_000);
    }

    /** One database with a few queries and whoever watches them. */
    private static final class Run {
        private final Draw draw;
        private final Counts counts;
        private final LiveWorld world = new LiveWorld();
        private final SqlTransactions transactions;
        private final List<SqlQueries.Query> queries = new ArrayList<>();
        private final List<Watcher> watchers = new ArrayList<>();

        Run(Draw draw, Counts counts) {
            this.draw = draw;
            this.counts = counts;
            SqlSchema schema = SqlSchema.draw(draw);
            for (String statement : schema.statements()) {
                draw.note(statement);
                world.run(statement);
            }
            transactions = new SqlTransactions(draw, schema);
            for (int i = draw.intBetween(0, 2); i >= 0; i--) {
                SqlQueries.Query query = new SqlQueries(draw, schema, OPTIONS).query();
                draw.note("query " + queries.size() + "  " + query.sql());
                queries.add(query);
                count(query);
            }
        }

        private void count(SqlQueries.Query query) {
            Object[] parameters = Collections.nCopies(query.parameters(), 1).toArray();
            String tier = switch (world.compile(query.sql(), parameters)) {
                case TableQuery table -> "table";
                case DerivedQuery derived ->
                    derived.template().circuit() != null
                            ? "circuit"
                            : derived.template().why();
            };
            counts.tiers.merge(tier, 1, Integer::sum);
        }

        void play() {
            for (int i = draw.intBetween(0, 3); i > 0; i--) {
                commit();
            }
            for (int i = 0; i < COMMITS; i++) {
                if (watchers.isEmpty() || draw.oneIn(3)) {
                    watch();
                }
                if (watchers.size() > 1 && draw.oneIn(6)) {
                    draw.note("leave");
                    watchers.removeFirst().leave(world);
                }
                if (draw.oneIn(4) && !watchers.isEmpty()) {
                    Watcher watcher = draw.pick(watchers);
                    draw.note(watcher.lags() ? "catch up" : "fall behind");
                    watcher.toggle(world);
                }
                commit();
                watchers.forEach(this::check);
            }
            watchers.forEach(watcher -> {
                watcher.catchUp(world);
                check(watcher);
            });
        }

        private void watch() {
            int number = draw.intBetween(0, queries.size() - 1);
            SqlQueries.Query query = queries.get(number);
            List<Integer> parameters = new ArrayList<>();
            for (int i = 0; i < query.parameters(); i++) {
                parameters.add(draw.intBetween(0, 4));
            }
            draw.note("watch " + number + " " + parameters);
            Watcher watcher = new Watcher(world, query, parameters);
            watchers.add(watcher);
            check(watcher);
        }

        private void commit() {
            String script = String.join("; ", transactions.transaction());
            draw.note(script);
            for (QueryUpdate update : world.run(script)) {
                watchers.forEach(watcher -> watcher.take(update));
            }
        }

        private void check(Watcher watcher) {
            if (!watcher.lags()) {
                counts.comparisons++;
                watcher.check(world);
            }
        }
    }
}
