package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.dataflow.CircuitTemplate;
import dev.merapi.query.live.row.ResultRows;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.query.live.upkeep.CircuitWork;
import dev.merapi.query.live.upkeep.LiveWork;
import dev.merapi.query.live.upkeep.MaintainedCircuit;
import dev.merapi.query.live.upkeep.RepeatedRuns;
import dev.merapi.query.live.upkeep.ResultRun;
import dev.merapi.store.Commit;
import dev.merapi.store.ReadView;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The derived results of one database: those that circuits maintain, by template, and those whose query is run again,
 * by the tables they read. Owned by the live thread.
 */
final class DerivedResults {
    private final MaintainedCircuit.Limits limits;
    private final LongSupplier now;
    private final Map<DerivedQuery, DerivedResult> results = new LinkedHashMap<>();
    private final Map<Long, DerivedResult> byId = new HashMap<>();
    private final Map<DerivedTemplate, MaintainedCircuit> circuits = new HashMap<>();
    private final Map<MaintainedCircuit, DerivedTemplate> templates = new HashMap<>();
    private final TableReaders<MaintainedCircuit> circuitsByTable = new TableReaders<>();
    private final TableReaders<DerivedResult> runsByTable = new TableReaders<>();
    /** How many results there are of templates whose circuit would take too much time or memory. */
    private final Map<DerivedTemplate, Integer> tooCostly = new HashMap<>();
    /** Those with work to hand out. */
    private final Set<MaintainedCircuit> dueCircuits = new LinkedHashSet<>();

    private final Set<DerivedResult> dueFirstRuns = new LinkedHashSet<>();
    private final Set<DerivedResult> dueFurtherRuns = new LinkedHashSet<>();
    /** Results that have got their first rows. */
    private final List<DerivedResult> begun = new ArrayList<>();
    /** Results that stand still from now on, or go on again. */
    private final Set<DerivedResult> moved = new LinkedHashSet<>();

    /**
     * @param now the last commit applied
     */
    DerivedResults(LiveLimits limits, LongSupplier now) {
        this.limits = new MaintainedCircuit.Limits(
                limits.maxHeldRows(), limits.maxCatchUpRows(), limits.maxDerivedRows(), limits.maxStepsAtOnce());
        this.now = now;
    }

    @Nullable
    DerivedResult find(DerivedQuery query) {
        return results.get(query);
    }

    Collection<DerivedResult> all() {
        return results.values();
    }

    /** The circuit of a template, or null when it has none. */
    @Nullable
    MaintainedCircuit circuit(DerivedTemplate template) {
        return circuits.get(template);
    }

    /** Adds a result: with its rows when they can be had at once, else there is work due for it. */
    DerivedResult add(long id, DerivedQuery query) {
        ResultRows rows =
                new ResultRows(id, query.parameters(), query.template().key());
        DerivedResult result = maintained(query, rows);
        if (result == null) {
            RepeatedRuns runs = repeated(query, rows, now.getAsLong());
            result = new DerivedResult(query, rows, runs);
            startRuns(result, runs);
        }
        results.put(query, result);
        byId.put(id, result);
        return result;
    }

    private @Nullable DerivedResult maintained(DerivedQuery query, ResultRows rows) {
        DerivedTemplate template = query.template();
        CircuitTemplate plan = template.circuit();
        if (plan == null || tooCostly.computeIfPresent(template, (t, count) -> count + 1) != null) {
            return null;
        }
        MaintainedCircuit circuit = circuits.get(template);
        if (circuit == null) {
            circuit = newCircuit(template, plan);
        }
        try {
            circuit.add(rows);
        } catch (CodedException e) {
            // An expression fails on some row: the query is run by itself and ends with that error if the row is its
            // own.
            if (!circuit.isUsable()) {
                dissolve(circuit, e);
            }
            removeIfEmpty(circuit);
            return null;
        }
        noteDue(circuit);
        return new DerivedResult(query, rows, circuit);
    }

    private MaintainedCircuit newCircuit(DerivedTemplate template, CircuitTemplate plan) {
        MaintainedCircuit.Plan circuitPlan =
                new MaintainedCircuit.Plan(plan, template.tables(), template.rowType(), limits);
        MaintainedCircuit circuit = new MaintainedCircuit(circuitPlan, now);
        circuits.put(template, circuit);
        templates.put(circuit, template);
        circuitsByTable.add(template.tables(), circuit);
        return circuit;
    }

    private void noteDue(MaintainedCircuit circuit) {
        if (circuit.isDue() && dueCircuits.add(circuit)) {
            noteMoved(circuit);
        }
    }

    private void noteMoved(MaintainedCircuit circuit) {
        for (ResultRows rows : circuit.results()) {
            DerivedResult result = byId.get(rows.id());
            if (result != null) {
                moved.add(result);
            }
        }
    }

    private RepeatedRuns repeated(DerivedQuery query, ResultRows rows, long asOf) {
        return new RepeatedRuns(rows, query::run, asOf, now);
    }

    private void startRuns(DerivedResult result, RepeatedRuns runs) {
        runsByTable.add(result.query().template().tables(), result);
        noteDue(result, runs);
    }

    private void noteDue(DerivedResult result, RepeatedRuns runs) {
        if (runs.isDue()) {
            (result.hasRows() ? dueFurtherRuns : dueFirstRuns).add(result);
        }
    }

    /** Has the query of a result run again from now on. */
    private void startRuns(DerivedResult result, long asOf) {
        RepeatedRuns runs = repeated(result.query(), result.resultRows(), asOf);
        runs.touch(now.getAsLong());
        result.upkeep(runs);
        moved.add(result);
        startRuns(result, runs);
    }

    /** A circuit cannot go on: the queries of its results are run again instead. */
    private void dissolve(MaintainedCircuit circuit, CodedException reason) {
        DerivedTemplate template = removeCircuit(circuit);
        List<ResultRows> left = List.copyOf(circuit.results());
        if (template != null && isForCost(reason)) {
            tooCostly.put(template, left.size());
        }
        for (ResultRows rows : left) {
            DerivedResult result = byId.get(rows.id());
            if (result != null) {
                startRuns(result, circuit.asOf());
            }
        }
    }

    private static boolean isForCost(CodedException reason) {
        return reason.code() == ErrorCode.QUERY_LIMIT || reason.code() == ErrorCode.STATEMENT_CANCELLED;
    }

    private void removeIfEmpty(MaintainedCircuit circuit) {
        if (circuit.isEmpty()) {
            removeCircuit(circuit);
        }
    }

    private @Nullable DerivedTemplate removeCircuit(MaintainedCircuit circuit) {
        circuit.end();
        DerivedTemplate template = templates.remove(circuit);
        if (template != null) {
            circuits.remove(template);
            circuitsByTable.remove(template.tables(), circuit);
        }
        dueCircuits.remove(circuit);
        return template;
    }

    void remove(DerivedResult result) {
        results.remove(result.query());
        byId.remove(result.id());
        begun.remove(result);
        moved.remove(result);
        switch (result.upkeep()) {
            case MaintainedCircuit circuit -> {
                circuit.remove(result.resultRows());
                removeIfEmpty(circuit);
            }
            case RepeatedRuns runs -> {
                runs.end();
                dueFirstRuns.remove(result);
                dueFurtherRuns.remove(result);
                DerivedTemplate template = result.query().template();
                runsByTable.remove(template.tables(), result);
                tooCostly.computeIfPresent(template, (t, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** Carries a commit into the circuits that read what it changed; queries to be run again become due. */
    void apply(Commit commit, List<QueryUpdate> updates) {
        Set<MaintainedCircuit> concerned = new LinkedHashSet<>();
        for (TableDelta delta : commit.tables()) {
            int tableId = delta.table().tableId();
            concerned.addAll(circuitsByTable.of(tableId));
            for (DerivedResult result : runsByTable.of(tableId)) {
                if (result.upkeep() instanceof RepeatedRuns runs) {
                    runs.touch(commit.offset());
                    noteDue(result, runs);
                }
            }
        }
        for (MaintainedCircuit circuit : concerned) {
            step(circuit, updates, output -> circuit.apply(commit, output));
        }
    }

    private interface Step {
        void take(MaintainedCircuit.Output output);
    }

    private void step(MaintainedCircuit circuit, List<QueryUpdate> updates, Step step) {
        try {
            step.take(new Collector(updates));
            noteDue(circuit);
            removeIfEmpty(circuit);
        } catch (CodedException e) {
            dissolve(circuit, e);
        }
    }

    /** Makes of what circuits say what others are told. */
    private final class Collector implements MaintainedCircuit.Output {
        private final List<QueryUpdate> updates;

        Collector(List<QueryUpdate> updates) {
            this.updates = updates;
        }

        @Override
        public void changed(ResultRows rows, long offset, long timestampMicros, List<RowChange> changes) {
            DerivedResult result = byId.get(rows.id());
            if (result != null) {
                updates.add(new QueryUpdate(result, offset, timestampMicros, changes, null));
            }
        }

        @Override
        public void begun(ResultRows rows) {
            DerivedResult result = byId.get(rows.id());
            if (result != null) {
                begun.add(result);
            }
        }

        @Override
        public void refused(ResultRows rows) {
            DerivedResult result = byId.get(rows.id());
            if (result != null) {
                startRuns(result, now.getAsLong());
            }
        }
    }

    boolean hasDue() {
        return hasUrgent() || !dueFurtherRuns.isEmpty();
    }

    /** Whether somebody waits who has no rows, or none that go on. */
    boolean hasUrgent() {
        return !dueCircuits.isEmpty() || !dueFirstRuns.isEmpty();
    }

    /**
     * Hands out work.
     *
     * @param view as of the last commit applied
     * @param again whether also those are meant whose rows are known but no longer right
     */
    List<LiveWork> takeDue(ReadView view, boolean again) {
        List<LiveWork> taken = new ArrayList<>();
        for (MaintainedCircuit circuit : dueCircuits) {
            taken.add(circuit.take(view));
        }
        dueCircuits.clear();
        takeRuns(dueFirstRuns, view, taken);
        if (again) {
            takeRuns(dueFurtherRuns, view, taken);
        }
        return taken;
    }

    private static void takeRuns(Set<DerivedResult> due, ReadView view, List<LiveWork> taken) {
        for (DerivedResult result : due) {
            if (result.upkeep() instanceof RepeatedRuns runs) {
                taken.add(runs.take(view));
            }
        }
        due.clear();
    }

    /** Takes back work that was done. */
    void returned(LiveWork work, long timestampMicros, List<QueryUpdate> updates) {
        switch (work) {
            case CircuitWork circuitWork -> {
                MaintainedCircuit circuit = circuitWork.owner();
                if (templates.containsKey(circuit)) {
                    step(circuit, updates, output -> circuit.returned(circuitWork, timestampMicros, output));
                    noteMoved(circuit);
                }
            }
            case ResultRun run -> {
                DerivedResult result = byId.get(run.resultId());
                if (result != null && result.upkeep() instanceof RepeatedRuns runs) {
                    returned(result, runs, run, timestampMicros, updates);
                }
            }
        }
    }

    private void returned(
            DerivedResult result, RepeatedRuns runs, ResultRun run, long timestampMicros, List<QueryUpdate> updates) {
        boolean first = !result.hasRows();
        List<RowChange> changes = runs.returned(run);
        if (!changes.isEmpty()) {
            updates.add(new QueryUpdate(result, runs.asOf(), timestampMicros, changes, null));
        }
        if (first) {
            begun.add(result);
        }
        noteDue(result, runs);
    }

    /** Work could not be done: returns the result that ends for it, or null when there is none. */
    @Nullable
    DerivedResult failed(LiveWork work, CodedException reason) {
        return switch (work) {
            case CircuitWork circuitWork -> {
                if (templates.containsKey(circuitWork.owner())) {
                    dissolve(circuitWork.owner(), reason);
                }
                yield null;
            }
            case ResultRun run -> byId.get(run.resultId());
        };
    }

    /** Nobody has begun the work, for want of room: it is due again. */
    void postponed(LiveWork work) {
        switch (work) {
            case CircuitWork circuitWork -> {
                MaintainedCircuit circuit = circuitWork.owner();
                if (templates.containsKey(circuit)) {
                    circuit.postponed(circuitWork);
                    noteDue(circuit);
                }
            }
            case ResultRun run -> {
                DerivedResult result = byId.get(run.resultId());
                if (result != null && result.upkeep() instanceof RepeatedRuns runs) {
                    runs.postponed();
                    noteDue(result, runs);
                }
            }
        }
    }

    /** The results that have got their first rows since this was asked last. */
    List<DerivedResult> takeBegun() {
        List<DerivedResult> taken = List.copyOf(begun);
        begun.clear();
        return taken;
    }

    /** The results that have come to a standstill or out of it since this was asked last. */
    Collection<DerivedResult> takeMoved() {
        if (moved.isEmpty()) {
            return List.of();
        }
        List<DerivedResult> taken = List.copyOf(moved);
        moved.clear();
        return taken;
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
}
