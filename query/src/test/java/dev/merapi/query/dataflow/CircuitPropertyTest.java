package dev.merapi.query.dataflow;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.store.Commit;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * After every commit, for every subscriber of a random query with parameters of its own: the rows followed are those of
 * the query asked once.
 */
class CircuitPropertyTest {
    private static final int COMMITS = 12;

    /** What became of the queries drawn: a generator that misses its operators proves nothing. */
    private static final Map<String, Integer> OUTCOMES = new TreeMap<>();

    @Test
    void followed_rows_equal_the_query_asked_once() {
        OUTCOMES.clear();

        property().runs(200).explore(CircuitPropertyTest::follow);

        int all = OUTCOMES.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(OUTCOMES.getOrDefault("maintained", 0)).as("%s", OUTCOMES).isGreaterThanOrEqualTo(all * 3 / 4);
    }

    /** The same for long: more than 100,000 comparisons of a followed result with one asked for. */
    @Test
    @Tag("slow")
    void followed_rows_equal_the_query_asked_once_for_long() {
        property().runs(5000).explore(CircuitPropertyTest::follow);
    }

    /** Parameters as a relation, or written into the query: the same rows. */
    @Test
    void one_circuit_for_all_parameters_gives_what_a_circuit_for_each_gives() {
        property().runs(60).explore(draw -> {
            FlowWorld world = new FlowWorld(RandomQueries.SCHEMA);
            RandomQueries random = new RandomQueries(draw);
            String sql = random.query();
            draw.note(sql);
            int parameters = parameters(world, sql);
            if (parameters <= 0 || !(world.compile(sql) instanceof CircuitCompiler.Compiled.Maintained)) {
                return;
            }
            Circuit shared = world.circuit(sql);
            List<Circuit> own = new ArrayList<>();
            List<FlowWorld.Follower> together = new ArrayList<>();
            List<FlowWorld.Follower> alone = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                List<Object> values = List.of(draw.intBetween(0, 4), draw.intBetween(0, 4));
                Circuit single =
                        world.circuit(sql.replace("$1::int", values.get(0).toString())
                                .replace("$2::int", values.get(1).toString()));
                own.add(single);
                together.add(new FlowWorld.Follower(shared, i, values));
                alone.add(new FlowWorld.Follower(single, 0, List.of()));
            }
            for (int i = 0; i < 6; i++) {
                Commit change = run(world, random, draw);
                if (change == null) {
                    continue;
                }
                shared.apply(
                        change.tables(),
                        (id, row, weight) -> together.get((int) id).change(row, weight));
                for (int j = 0; j < own.size(); j++) {
                    FlowWorld.Follower follower = alone.get(j);
                    own.get(j).apply(change.tables(), (id, row, weight) -> follower.change(row, weight));
                    assertThat(sorted(together.get(j).rows)).isEqualTo(sorted(follower.rows));
                }
            }
        });
    }

    static void follow(Draw draw) {
        FlowWorld world = new FlowWorld(RandomQueries.SCHEMA);
        RandomQueries random = new RandomQueries(draw);
        String sql = random.query();
        draw.note(sql);
        int parameters = parameters(world, sql);
        if (parameters < 0) {
            OUTCOMES.merge("refused by the binder", 1, Integer::sum);
            return;
        }
        if (!(world.compile(sql) instanceof CircuitCompiler.Compiled.Maintained maintained)) {
            OUTCOMES.merge(world.compile(sql).toString(), 1, Integer::sum);
            return;
        }
        OUTCOMES.merge("maintained", 1, Integer::sum);
        for (int i = draw.intBetween(0, 3); i > 0; i--) {
            run(world, random, draw);
        }
        Circuit circuit = maintained.template().newCircuit();
        circuit.hydrate(world.database.snapshot());
        Map<Long, FlowWorld.Follower> followers = new LinkedHashMap<>();
        long nextId = 1;
        for (int commit = 0; commit < COMMITS; commit++) {
            if (commit == 0 || draw.oneIn(3)) {
                List<Object> values = Arrays.asList((Object) draw.intBetween(0, 4), (Object) draw.intBetween(0, 4));
                draw.note("subscribe " + nextId + " " + values.subList(0, parameters));
                FlowWorld.Follower follower = new FlowWorld.Follower(circuit, nextId, values.subList(0, parameters));
                if (isOrdered(sql)) {
                    assertThat(follower.rows).as("order: %s", sql).isEqualTo(world.ask(sql, follower.parameters));
                }
                followers.put(nextId++, follower);
                check(world, sql, followers);
            }
            if (followers.size() > 1 && draw.oneIn(6)) {
                long gone = followers.keySet().iterator().next();
                draw.note("unsubscribe " + gone);
                followers.remove(gone);
                circuit.unsubscribe(gone);
            }
            Commit change = run(world, random, draw);
            if (change != null) {
                circuit.apply(
                        change.tables(), (id, row, weight) -> followers.get(id).change(row, weight));
            }
            check(world, sql, followers);
        }
        List.copyOf(followers.keySet()).forEach(circuit::unsubscribe);
    }

    private static boolean isOrdered(String sql) {
        return sql.startsWith("SELECT * FROM (") && sql.contains("ORDER BY c0");
    }

    private static int parameters(FlowWorld world, String sql) {
        try {
            return world.bind(sql).parameterTypes().size();
        } catch (CodedException e) {
            return -1;
        }
    }

    private static @Nullable Commit run(FlowWorld world, RandomQueries random, Draw draw) {
        String script = random.transaction();
        draw.note(script);
        return world.run(script);
    }

    private static void check(FlowWorld world, String sql, Map<Long, FlowWorld.Follower> followers) {
        for (FlowWorld.Follower follower : followers.values()) {
            assertThat(follower.faults).as("%s", sql).isEmpty();
            assertThat(sorted(follower.rows))
                    .as("subscriber %s with %s of %s", follower.id, follower.parameters, sql)
                    .isEqualTo(sorted(world.ask(sql, follower.parameters)));
        }
    }

    private static List<String> sorted(List<String> rows) {
        List<String> sorted = new ArrayList<>(rows);
        Collections.sort(sorted);
        return sorted;
    }
}
