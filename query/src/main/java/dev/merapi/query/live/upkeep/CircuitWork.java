package dev.merapi.query.live.upkeep;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.dataflow.Circuit;
import dev.merapi.query.dataflow.CircuitTemplate;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.live.row.NetChanges;
import dev.merapi.query.live.row.ResultRows;
import dev.merapi.query.live.row.RowBag;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.store.Commit;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a circuit that is away: it is brought up to a snapshot, and given new subscribers.
 *
 * <p>There are two ways to get there, and it takes the shorter one: carrying in the commits, or filling a new circuit
 * from the snapshot and comparing what comes out with the rows known. The first costs the changed rows, the second the
 * rows of the tables and of the results; see {@link #COST_OF_CHANGE}.
 */
public final class CircuitWork extends LiveWork {
    /**
     * What a row that comes or goes costs, where a row that is read to fill a new circuit costs 1: it is looked up in
     * what is held, and changes a group or a partner that is there already. Measured with joins, outer joins, groups
     * and top rows of 200,000 rows: between 0.5 and 2.
     */
    static final double COST_OF_CHANGE = 1.5;

    private final MaintainedCircuit owner;
    private final MaintainedCircuit.Plan plan;
    private final ReadView view;
    private final MaintainedCircuit.Waiting todo;
    /** The results that are subscribed. */
    private final List<ResultRows> present;

    private @Nullable Circuit circuit;
    private final Map<ResultRows, List<RowChange>> changes = new LinkedHashMap<>();
    private final Map<ResultRows, RowBag> begun = new LinkedHashMap<>();
    private final List<ResultRows> refused = new ArrayList<>();
    private OptionalDouble stepsPerRow = OptionalDouble.empty();
    private OptionalDouble stepsPerSubscriber = OptionalDouble.empty();

    CircuitWork(
            MaintainedCircuit owner,
            MaintainedCircuit.Plan plan,
            @Nullable Circuit circuit,
            ReadView view,
            MaintainedCircuit.Waiting todo,
            List<ResultRows> present) {
        this.owner = owner;
        this.plan = plan;
        this.circuit = circuit;
        this.view = view;
        this.todo = todo;
        this.present = present;
    }

    @Override
    void work(BooleanSupplier cancelled) {
        for (TableSchema table : plan.tables()) {
            TableChanges.requireUnchanged(table, view);
        }
        Circuit known = circuit;
        if (known == null || startsOver()) {
            circuit = null; // the old one may go while the new one grows
            circuit = filled(plan.template(), cancelled);
        } else {
            known.stopWhen(cancelled);
            carry(known);
        }
        begin(circuit());
    }

    /** Whether filling a new circuit is the shorter way. */
    private boolean startsOver() {
        if (todo.overrun) {
            return true;
        }
        long rows = 0;
        for (TableSchema table : plan.tables()) {
            rows += view.table(table.tableId()).rowCount();
        }
        for (ResultRows result : present) {
            rows += 1 + result.size();
        }
        return todo.rows * COST_OF_CHANGE > rows;
    }

    private Circuit filled(CircuitTemplate template, BooleanSupplier cancelled) {
        Circuit filled = template.newCircuit(plan.limits().heldRows());
        filled.hydrate(view, cancelled);
        for (ResultRows result : present) {
            List<byte[]> rows = owner.encoded(filled.subscribe(result.id(), result.parameters()));
            changes.put(result, result.differenceTo(rows).toChanges());
        }
        return filled;
    }

    private void carry(Circuit known) {
        Map<Long, NetChanges> sums = new HashMap<>();
        present.forEach(result -> sums.put(result.id(), result.newChanges()));
        long before = known.work();
        for (Commit commit : todo.commits) {
            known.apply(commit.tables(), (id, row, weight) -> add(sums.get(id), row, weight));
        }
        if (todo.rows > 0) {
            stepsPerRow = OptionalDouble.of((double) (known.work() - before) / todo.rows);
        }
        present.forEach(result -> {
            NetChanges sum = sums.get(result.id());
            changes.put(result, sum == null ? List.of() : sum.toChanges());
        });
    }

    private void add(@Nullable NetChanges sum, Row row, int weight) {
        if (sum != null) {
            sum.add(owner.encode(row), weight);
        }
    }

    private void begin(Circuit ready) {
        long before = ready.work();
        for (ResultRows newcomer : todo.newcomers.values()) {
            try {
                List<Row> rows = ready.subscribe(newcomer.id(), newcomer.parameters());
                if (rows.size() > plan.limits().resultRows()) {
                    ready.unsubscribe(newcomer.id());
                    refused.add(newcomer);
                } else {
                    begun.put(newcomer, new RowBag(owner.encoded(rows)));
                }
            } catch (CodedException e) {
                if (!ready.isUsable()) {
                    throw e;
                }
                refused.add(newcomer);
            }
        }
        if (!todo.newcomers.isEmpty()) {
            stepsPerSubscriber = OptionalDouble.of((double) (ready.work() - before) / todo.newcomers.size());
        }
    }

    /** The circuit it is for. */
    public MaintainedCircuit owner() {
        return owner;
    }

    /** The commit as of which everything in here is. */
    long offset() {
        return view.offset();
    }

    MaintainedCircuit.Waiting todo() {
        return todo;
    }

    List<ResultRows> present() {
        return present;
    }

    /** The circuit as it was given, if nothing has been done. */
    @Nullable
    Circuit untouched() {
        return circuit;
    }

    Circuit circuit() {
        Circuit ready = circuit;
        if (ready == null) {
            throw new IllegalStateException("the work has not been done");
        }
        return ready;
    }

    /** The net difference of each result that was there before. */
    Map<ResultRows, List<RowChange>> changes() {
        return changes;
    }

    /** The first rows of new results. */
    Map<ResultRows, RowBag> begun() {
        return begun;
    }

    /** New results whose parameters let an expression fail, or that are too large: whoever runs them finds out. */
    List<ResultRows> refused() {
        return refused;
    }

    /** What a changed row has cost, if there was any. */
    OptionalDouble stepsPerRow() {
        return stepsPerRow;
    }

    /** What a new subscriber has cost, if there was any. */
    OptionalDouble stepsPerSubscriber() {
        return stepsPerSubscriber;
    }
}
