package dev.merapi.query.dataflow;

import static dev.merapi.testing.property.Property.assume;
import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.dataflow.FlowWorld.Follower;
import dev.merapi.store.Commit;
import dev.merapi.testing.property.Draw;
import dev.merapi.testing.sql.SqlQueries;
import dev.merapi.testing.sql.SqlSchema;
import dev.merapi.testing.sql.SqlTransactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What circuits promise beyond the right rows, which {@code LiveAgreementPropertyTest} is about: that parameters as a
 * relation are the same as parameters written into the query, and that a subscriber's change does not show who else is
 * there.
 */
class CircuitPropertyTest {
    private static final SqlQueries.Options OPTIONS = new SqlQueries.Options(2, true, true);
    private static final int SUBSCRIBERS = 3;

    @Test
    void one_circuit_for_all_parameters_gives_what_a_circuit_for_each_gives() {
        property().runs(60).explore(draw -> {
            SqlSchema schema = SqlSchema.draw(draw);
            FlowWorld world = new FlowWorld(schema.statements().toArray(String[]::new));
            SqlQueries.Query query = new SqlQueries(draw, schema, OPTIONS).query();
            draw.note(query.sql());
            assume(query.parameters() > 0 && isMaintained(world, query.sql()));
            Circuit shared = world.circuit(query.sql());
            List<Circuit> own = new ArrayList<>();
            List<Follower> together = new ArrayList<>();
            List<Follower> alone = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                List<Integer> values = List.of(draw.intBetween(0, 4), draw.intBetween(0, 4));
                Circuit single = world.circuit(query.with(values));
                own.add(single);
                together.add(new Follower(shared, i, new ArrayList<>(values)));
                alone.add(new Follower(single, 0, List.of()));
            }
            SqlTransactions transactions = new SqlTransactions(draw, schema);
            for (int i = 0; i < 6; i++) {
                commit(world, transactions, draw, shared, together, own, alone);
                for (int j = 0; j < SUBSCRIBERS; j++) {
                    assertThat(sorted(together.get(j).rows)).isEqualTo(sorted(alone.get(j).rows));
                }
            }
        });
    }

    private static boolean isMaintained(FlowWorld world, String sql) {
        return world.compile(sql) instanceof CircuitCompiler.Compiled.Maintained;
    }

    private static void commit(
            FlowWorld world,
            SqlTransactions transactions,
            Draw draw,
            Circuit shared,
            List<Follower> together,
            List<Circuit> own,
            List<Follower> alone) {
        String script = String.join("; ", transactions.transaction());
        draw.note(script);
        Commit change = world.run(script);
        if (change == null) {
            return;
        }
        shared.apply(
                change.tables(), (id, row, weight) -> together.get((int) id).change(row, weight));
        for (int i = 0; i < own.size(); i++) {
            Follower follower = alone.get(i);
            own.get(i).apply(change.tables(), (id, row, weight) -> follower.change(row, weight));
        }
    }

    private static List<String> sorted(List<String> rows) {
        List<String> sorted = new ArrayList<>(rows);
        Collections.sort(sorted);
        return sorted;
    }
}
