package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.live.condition.Alternative;
import dev.merapi.query.live.index.HashedSet;
import dev.merapi.query.live.index.MemberIndex;
import dev.merapi.query.live.index.Selection;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template at work: the results of all its parameters and the step that carries a table's delta into them.
 *
 * <p>The parameters of the results are a relation that changed rows are joined with: an index for each alternative of
 * the template finds the results that may want a row, and the conditions no index answers are asked of those.
 *
 * <p>Invariant: the changes handed out for a commit, applied to a result's rows before it, give its rows after it. A
 * result whose own expression fails on a row ends with the error; no other notices. Owned by the live thread.
 */
final class MaintainedTable {
    private final TableTemplate template;
    /** For expressions without parameters. */
    private final EvalContext noParameters = EvalContext.ofParameters(List.of());

    private final List<MemberIndex<TableResult>> indexes = new ArrayList<>();
    private final HashedSet<TableResult> results =
            new HashedSet<>(result -> result.query().hashCode());
    private final List<TableResult> found = new ArrayList<>();
    private final List<TableResult> before = new ArrayList<>();
    private final List<TableResult> after = new ArrayList<>();

    /** The number of row images looked at, two for each change: of one before it, and of one after it. */
    private long images;

    private long evaluations;

    MaintainedTable(TableTemplate template) {
        this.template = template;
        for (Alternative alternative : template.alternatives()) {
            indexes.add(new MemberIndex<>(indexes.size(), alternative.keys(), alternative.range()));
        }
    }

    TableTemplate template() {
        return template;
    }

    /** Changed rows looked at. */
    long evaluations() {
        return evaluations;
    }

    boolean isEmpty() {
        return results.size() == 0;
    }

    List<TableResult> results() {
        return results.toList();
    }

    @Nullable
    TableResult find(TableQuery query) {
        return results.find(query.hashCode(), result -> result.query().equals(query));
    }

    void add(TableResult result) {
        results.add(result);
        for (int i = 0; i < indexes.size(); i++) {
            if (result.query().selection(i) != null) {
                indexes.get(i).add(result);
            }
        }
    }

    void remove(TableResult result) {
        results.remove(result);
        for (int i = 0; i < indexes.size(); i++) {
            if (result.query().selection(i) != null) {
                indexes.get(i).remove(result);
            }
        }
    }

    /**
     * Tells the results what the delta changes in them, and adds each result touched for the first time to the list.
     */
    void apply(TableDelta delta, List<TableResult> touched) {
        evaluations += delta.size();
        for (int i = 0; i < delta.size(); i++) {
            applyOne(delta.before(i), delta.after(i), touched);
        }
    }

    private void applyOne(byte @Nullable [] rowBefore, byte @Nullable [] rowAfter, List<TableResult> touched) {
        before.clear();
        after.clear();
        collect(rowBefore, before, touched);
        collect(rowAfter, after, touched);
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        images += 2;
        for (TableResult result : before) {
            result.mark = images;
        }
        Shared shared = new Shared(rowBefore, rowAfter);
        for (TableResult result : after) {
            // One that several alternatives have found is told once.
            if (result.mark <= images) {
                boolean update = result.mark == images;
                result.mark = images + 1;
                add(result, update ? Shared::update : Shared::insert, shared, touched);
            }
        }
        for (TableResult result : before) {
            if (result.mark == images) {
                result.mark = images + 1;
                add(result, Shared::delete, shared, touched);
            }
        }
    }

    /** Adds those who want a row, perhaps more than once. */
    private void collect(byte @Nullable [] row, List<TableResult> into, List<TableResult> touched) {
        if (row == null) {
            return;
        }
        for (int i = 0; i < indexes.size(); i++) {
            found.clear();
            indexes.get(i).find(row, found);
            if (!found.isEmpty()) {
                ask(i, row, into, touched);
            }
        }
    }

    private void ask(int index, byte[] row, List<TableResult> into, List<TableResult> touched) {
        Alternative alternative = template.alternatives().get(index);
        try {
            if (!alternative.meetsCommon(row, noParameters)) {
                return;
            }
        } catch (CodedException e) {
            found.forEach(result -> fail(result, e, touched));
            return;
        }
        if (!alternative.asks()) {
            into.addAll(found);
            return;
        }
        for (TableResult result : found) {
            Selection selection = result.selection(index);
            try {
                if (alternative.meetsOwn(selection, row, result::context)) {
                    into.add(result);
                }
            } catch (CodedException e) {
                fail(result, e, touched);
            }
        }
    }

    private static void fail(TableResult result, CodedException reason, List<TableResult> touched) {
        touch(result, touched);
        result.fail(reason);
    }

    private static void touch(TableResult result, List<TableResult> touched) {
        if (!result.isTouched()) {
            touched.add(result);
        }
    }

    /** One kind of change of a result. */
    private interface Change {
        @Nullable
        RowChange of(Shared shared, TableResult result);
    }

    private static void add(TableResult result, Change kind, Shared shared, List<TableResult> touched) {
        try {
            RowChange change = kind.of(shared, result);
            if (change != null) {
                touch(result, touched);
                result.change(change);
            }
        } catch (CodedException e) {
            fail(result, e, touched);
        }
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
            return row == null ? null : template.projection().project(row, contextOf(result));
        }
    }

    private EvalContext contextOf(TableResult result) {
        return template.projection().usesParameters() ? result.context() : noParameters;
    }
}
