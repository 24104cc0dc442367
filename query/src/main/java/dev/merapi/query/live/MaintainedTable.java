package dev.merapi.query.live;

import dev.merapi.query.live.row.RowChange;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template at work: the results of all its parameters and the step that carries a table's delta into them.
 *
 * <p>Invariant: the changes handed out for a commit, applied to a result's rows before it, give its rows after it.
 * Owned by the live thread.
 */
final class MaintainedTable {
    private final TableTemplate template;
    private final ParameterRelation relation;
    private final Map<TableQuery, TableResult> results = new HashMap<>();
    private final List<TableResult> before = new ArrayList<>();
    private final List<TableResult> after = new ArrayList<>();
    private long changeSerial;

    MaintainedTable(TableTemplate template) {
        this.template = template;
        this.relation = new ParameterRelation(template);
    }

    TableTemplate template() {
        return template;
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    Iterable<TableResult> results() {
        return results.values();
    }

    @Nullable
    TableResult find(TableQuery query) {
        return results.get(query);
    }

    void add(TableResult result) {
        results.put(result.query(), result);
        if (!result.query().matchesNothing()) {
            relation.add(result);
        }
    }

    void remove(TableResult result) {
        results.remove(result.query());
        if (!result.query().matchesNothing()) {
            relation.remove(result);
        }
    }

    /**
     * Adds what the delta changes to the results' pending changes, and each result touched for the first time to
     * the list.
     */
    void apply(TableDelta delta, List<TableResult> touched) {
        for (int i = 0; i < delta.size(); i++) {
            applyOne(delta.before(i), delta.after(i), touched);
        }
    }

    private void applyOne(byte @Nullable [] rowBefore, byte @Nullable [] rowAfter, List<TableResult> touched) {
        before.clear();
        after.clear();
        if (rowBefore != null) {
            relation.match(rowBefore, before);
        }
        if (rowAfter != null) {
            relation.match(rowAfter, after);
        }
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        long serial = ++changeSerial;
        for (TableResult result : before) {
            result.matchedBefore = serial;
        }
        Shared shared = new Shared(rowBefore, rowAfter);
        for (TableResult result : after) {
            boolean update = result.matchedBefore == serial;
            add(result, update ? shared.update(result) : shared.insert(result), touched);
            result.matchedBefore = 0;
        }
        for (TableResult result : before) {
            if (result.matchedBefore == serial) {
                add(result, shared.delete(result), touched);
                result.matchedBefore = 0;
            }
        }
    }

    private static void add(TableResult result, @Nullable RowChange change, List<TableResult> touched) {
        if (change == null) {
            return;
        }
        if (result.pending.isEmpty()) {
            touched.add(result);
        }
        result.pending.add(change);
    }

    /** The projected images of one change: made once for all results unless the projection reads parameters. */
    private final class Shared {
        private final byte @Nullable [] rowBefore;
        private final byte @Nullable [] rowAfter;
        private @Nullable RowChange update;
        private @Nullable RowChange insert;
        private @Nullable RowChange delete;

        Shared(byte @Nullable [] rowBefore, byte @Nullable [] rowAfter) {
            this.rowBefore = rowBefore;
            this.rowAfter = rowAfter;
        }

        @Nullable
        RowChange update(TableResult result) {
            RowChange change = update;
            if (change == null || template.projection().usesParameters()) {
                change = new RowChange(project(rowBefore, result), project(rowAfter, result));
                update = change;
            }
            return Arrays.equals(change.before(), change.after()) ? null : change;
        }

        RowChange insert(TableResult result) {
            RowChange change = insert;
            if (change == null || template.projection().usesParameters()) {
                change = new RowChange(null, project(rowAfter, result));
                insert = change;
            }
            return change;
        }

        RowChange delete(TableResult result) {
            RowChange change = delete;
            if (change == null || template.projection().usesParameters()) {
                change = new RowChange(project(rowBefore, result), null);
                delete = change;
            }
            return change;
        }

        private byte @Nullable [] project(byte @Nullable [] row, TableResult result) {
            return row == null ? null : template.projection().project(row, result.context());
        }
    }
}
