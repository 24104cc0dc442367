package dev.merapi.query.live;

import dev.merapi.api.value.RowLayout;
import dev.merapi.query.dataflow.ArrangementSize;
import dev.merapi.query.dataflow.Circuit;
import dev.merapi.query.dataflow.CircuitTemplate;
import dev.merapi.query.expr.row.Row;
import dev.merapi.store.Commit;
import dev.merapi.store.ReadView;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A circuit at work for all results of one template.
 *
 * <p>Invariant: between two commits every result here has the rows its query would give if it were run now. After an
 * exception that no longer holds, and this is to be thrown away. Owned by the live thread.
 */
final class MaintainedCircuit {
    private final Circuit circuit;
    private final RowLayout layout;
    private final Map<Long, DerivedResult> results = new HashMap<>();
    private final Map<DerivedResult, NetChanges> changed = new LinkedHashMap<>();

    /**
     * Loads what the circuit holds of the tables.
     *
     * @param view as of the last commit applied
     */
    MaintainedCircuit(DerivedTemplate template, CircuitTemplate circuit, ReadView view) {
        this.circuit = circuit.newCircuit();
        this.layout = RowLayout.of(template.rowType());
        this.circuit.hydrate(view);
    }

    /** Rows held, those of the results left out. */
    long heldRows() {
        return circuit.sizes().stream().mapToLong(ArrangementSize::rows).sum();
    }

    Collection<DerivedResult> results() {
        return List.copyOf(results.values());
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    /** Whether the others are still right after a result could not be added. */
    boolean isUsable() {
        return circuit.isUsable();
    }

    /** Lets a result have its rows, and all their changes from now on. */
    void add(DerivedResult result) {
        List<byte[]> rows = circuit.subscribe(result.id(), result.query().parameters()).stream()
                .map(this::encode)
                .toList();
        results.put(result.id(), result);
        result.startMaintained(rows);
    }

    void remove(DerivedResult result) {
        if (results.remove(result.id()) != null) {
            circuit.unsubscribe(result.id());
        }
    }

    /** Carries a commit into the results and adds one update for each that it changes. */
    void apply(Commit commit, List<QueryUpdate> updates) {
        changed.clear();
        circuit.apply(commit.tables(), this::change);
        changed.forEach((result, net) -> {
            List<RowChange> changes = net.toChanges();
            result.maintain(changes);
            updates.add(new QueryUpdate(result, commit.offset(), commit.timestampMicros(), changes, null));
        });
    }

    private void change(long id, Row row, int weight) {
        DerivedResult result = results.get(id);
        if (result != null) {
            changed.computeIfAbsent(result, DerivedResult::newChanges).add(encode(row), weight);
        }
    }

    private byte[] encode(Row row) {
        return layout.encode(row.toArray());
    }
}
