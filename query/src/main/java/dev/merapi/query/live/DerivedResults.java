package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.dataflow.CircuitTemplate;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.store.Commit;
import dev.merapi.store.ReadView;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The derived results of one database: those that circuits maintain, by template, and those that have to be computed
 * anew, by the tables they read. Owned by the live thread.
 */
final class DerivedResults {
    private final LiveLimits limits;
    private final Map<DerivedQuery, DerivedResult> results = new LinkedHashMap<>();
    private final Map<DerivedTemplate, MaintainedCircuit> circuits = new HashMap<>();
    private final TableIndex<DerivedTemplate> circuitsByTable = new TableIndex<>();
    private final TableIndex<DerivedResult> computedByTable = new TableIndex<>();
    /** Those whose rows somebody has to compute. */
    private final Set<DerivedResult> due = new LinkedHashSet<>();

    DerivedResults(LiveLimits limits) {
        this.limits = limits;
    }

    @Nullable
    DerivedResult find(DerivedQuery query) {
        return results.get(query);
    }

    /**
     * Adds a result: with its rows when a circuit can maintain them, else it is due.
     *
     * @param view as of the last commit applied
     */
    DerivedResult add(DerivedResult result, ReadView view) {
        results.put(result.query(), result);
        if (!maintain(result, view)) {
            compute(result);
        }
        return result;
    }

    private boolean maintain(DerivedResult result, ReadView view) {
        DerivedTemplate template = result.query().template();
        CircuitTemplate plan = template.circuit();
        if (plan == null) {
            return false;
        }
        try {
            MaintainedCircuit circuit = circuits.get(template);
            if (circuit == null) {
                circuit = new MaintainedCircuit(template, plan, view);
                if (circuit.heldRows() > limits.maxHeldRows()) {
                    return false;
                }
                circuits.put(template, circuit);
                circuitsByTable.add(template.tables(), template);
            }
            circuit.add(result);
            return true;
        } catch (CodedException e) {
            // An expression failed on some row: computed by itself, the result ends with that error if the row is its
            // own.
            MaintainedCircuit circuit = circuits.get(template);
            if (circuit == null || !circuit.isUsable()) {
                dissolve(template, view.offset());
            }
            return false;
        }
    }

    /** Lets the results of a circuit that failed be computed instead; their rows are right as of a commit. */
    private void dissolve(DerivedTemplate template, long rightAsOf) {
        MaintainedCircuit circuit = circuits.remove(template);
        circuitsByTable.remove(template.tables(), template);
        if (circuit != null) {
            for (DerivedResult result : circuit.results()) {
                result.endMaintained(rightAsOf);
                compute(result);
            }
        }
    }

    private void compute(DerivedResult result) {
        computedByTable.add(result.query().template().tables(), result);
        due.add(result);
    }

    void remove(DerivedResult result) {
        DerivedTemplate template = result.query().template();
        results.remove(result.query());
        due.remove(result);
        computedByTable.remove(template.tables(), result);
        MaintainedCircuit circuit = circuits.get(template);
        if (circuit != null) {
            circuit.remove(result);
            if (circuit.isEmpty()) {
                circuits.remove(template);
                circuitsByTable.remove(template.tables(), template);
            }
        }
    }

    /** Carries a commit into the circuits that read what it changed; who has to be computed anew becomes due. */
    void apply(Commit commit, List<QueryUpdate> updates) {
        Set<DerivedTemplate> concerned = new LinkedHashSet<>();
        for (TableDelta delta : commit.tables()) {
            int tableId = delta.table().tableId();
            concerned.addAll(circuitsByTable.of(tableId));
            for (DerivedResult result : computedByTable.of(tableId)) {
                result.touch(commit.offset());
                due.add(result);
            }
        }
        for (DerivedTemplate template : concerned) {
            MaintainedCircuit circuit = circuits.get(template);
            if (circuit != null) {
                try {
                    circuit.apply(commit, updates);
                } catch (CodedException e) {
                    // As when a result is added: the rows are those before this commit, for updates come last.
                    dissolve(template, commit.offset() - 1);
                }
            }
        }
    }

    boolean hasDue() {
        for (DerivedResult result : due) {
            if (result.isDue()) {
                return true;
            }
        }
        return false;
    }

    List<DerivedResult> takeDue() {
        List<DerivedResult> taken = new ArrayList<>();
        for (DerivedResult result : due) {
            if (result.isDue()) {
                result.startRun();
                taken.add(result);
            }
        }
        due.removeIf(result -> !result.isStale() || taken.contains(result));
        return taken;
    }

    void postponed(DerivedResult result) {
        result.abandonRun();
        due.add(result);
    }

    /** The results that a commit's schema changes end, each with the table that is to blame. */
    Map<DerivedResult, TableSchema> broken(Commit commit) {
        Map<DerivedResult, TableSchema> broken = new LinkedHashMap<>();
        for (DerivedResult result : results.values()) {
            for (TableSchema table : result.query().template().tables()) {
                if (TableChanges.breaks(table, commit)) {
                    broken.putIfAbsent(result, table);
                }
            }
        }
        return broken;
    }

    /** Who reads which table. */
    private static final class TableIndex<T> {
        private final Map<Integer, Set<T>> readers = new HashMap<>();

        void add(List<TableSchema> tables, T reader) {
            for (TableSchema table : tables) {
                readers.computeIfAbsent(table.tableId(), id -> new LinkedHashSet<>())
                        .add(reader);
            }
        }

        void remove(List<TableSchema> tables, T reader) {
            for (TableSchema table : tables) {
                readers.computeIfPresent(table.tableId(), (id, present) -> {
                    present.remove(reader);
                    return present.isEmpty() ? null : present;
                });
            }
        }

        Set<T> of(int tableId) {
            return readers.getOrDefault(tableId, Set.of());
        }
    }
}
