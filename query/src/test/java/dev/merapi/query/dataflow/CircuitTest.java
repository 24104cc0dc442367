package dev.merapi.query.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.store.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private final FlowWorld world = new FlowWorld(
            "CREATE TABLE t (id int PRIMARY KEY, room int, v int); INSERT INTO t VALUES (1, 1, 5), (2, 2, 7)");

    private List<String> change(Circuit circuit, String script) {
        List<String> changes = new ArrayList<>();
        Commit commit = Objects.requireNonNull(world.run(script));
        circuit.apply(commit.tables(), (id, row, weight) -> changes.add(id + " " + weight + " " + FlowWorld.text(row)));
        return changes;
    }

    @Test
    void a_subscriber_whose_expression_fails_harms_nobody() {
        Circuit circuit = world.circuit("SELECT id, 100 / (v - $1::int) FROM t");
        circuit.subscribe(1, List.of(0));

        assertThatThrownBy(() -> circuit.subscribe(2, List.of(7))).isInstanceOf(CodedException.class);

        assertThat(circuit.isUsable()).isTrue();
        assertThat(change(circuit, "INSERT INTO t VALUES (3, 1, 10)")).containsExactly("1 1 (3, 10)");
    }

    @Test
    void a_circuit_that_failed_in_the_middle_of_a_commit_says_so() {
        Circuit circuit = world.circuit("SELECT id, 100 / v FROM t");
        circuit.subscribe(1, List.of());

        assertThatThrownBy(() -> change(circuit, "INSERT INTO t VALUES (3, 1, 0)"))
                .isInstanceOf(CodedException.class);

        assertThat(circuit.isUsable()).isFalse();
        assertThatThrownBy(() -> circuit.subscribe(2, List.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_grouping_set_that_leaves_columns_out_shows_null_for_them() {
        Circuit circuit = world.circuit("SELECT room, room, id FROM t GROUP BY ROLLUP (1, 2, 3)");
        circuit.subscribe(1, List.of());

        assertThat(change(circuit, "INSERT INTO t VALUES (3, 3, 0)"))
                .containsExactlyInAnyOrder("1 1 (3, 3, 3)", "1 2 (3, 3, null)");
    }

    @Test
    void what_is_held_is_let_go_again() {
        Circuit circuit = world.circuit(
                "SELECT room, count(*), min(v) FROM t WHERE v > $1::int GROUP BY room ORDER BY room LIMIT 1");
        List<ArrangementSize> before = circuit.sizes();

        for (int id = 0; id < 10; id++) {
            circuit.subscribe(id, List.of(id));
        }
        assertThat(circuit.sizes()).isNotEqualTo(before);
        for (int id = 0; id < 10; id++) {
            circuit.unsubscribe(id);
        }

        assertThat(circuit.sizes()).isEqualTo(before);
    }

    @Test
    void who_left_hears_nothing() {
        Circuit circuit = world.circuit("SELECT id FROM t WHERE room = $1::int");
        circuit.subscribe(1, List.of(1));
        circuit.subscribe(2, List.of(1));

        circuit.unsubscribe(1);

        assertThat(change(circuit, "INSERT INTO t VALUES (3, 1, 0)")).containsExactly("2 1 (3)");
    }

    @Test
    void tables_of_other_queries_do_not_matter() {
        Circuit circuit = world.circuit("SELECT id FROM t");
        world.run("CREATE TABLE other (id int PRIMARY KEY)");
        circuit.subscribe(1, List.of());

        assertThat(change(circuit, "INSERT INTO other VALUES (1)")).isEmpty();
    }

    @Test
    void a_template_names_its_tables() {
        assertThat(world.circuit("SELECT a.id FROM t a JOIN t b ON a.id = b.v")
                        .template()
                        .tables())
                .hasSize(1);
    }
}
