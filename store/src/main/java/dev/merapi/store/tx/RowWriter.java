package dev.merapi.store.tx;

import dev.merapi.api.schema.ForeignKey.Action;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.RowCheck;
import dev.merapi.store.RowCursor;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.table.TableShape;
import dev.merapi.store.table.TableState;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows: each write is checked against every constraint first, then done in place and noted in the undo log, then
 * followed along the foreign keys. A write that throws has changed nothing.
 *
 * <p>Cascades are worked off from a queue, not by recursion: a chain of references may be as long as a table.
 */
final class RowWriter {
    /** A change of referenced row whose referring rows must follow: {@code after} is null when it was deleted. */
    private record Follow(ForeignKeyRule rule, byte[] before, byte @Nullable [] after) {}

    private final LiveTables tables;
    private final UndoLog undo;
    private final DeferredChecks deferred;
    private final ConstraintCompiler compiler;
    private final StoreLimits limits;
    private final Deque<Follow> follows = new ArrayDeque<>();

    RowWriter(
            LiveTables tables, UndoLog undo, DeferredChecks deferred, ConstraintCompiler compiler, StoreLimits limits) {
        this.tables = tables;
        this.undo = undo;
        this.deferred = deferred;
        this.compiler = compiler;
        this.limits = limits;
    }

    long insert(LiveTable table, byte[] row) {
        checkRow(table, row);
        TableState state = table.state();
        checkUnique(state, row, -1L, -1);
        if (state.nextRowId() > TableState.MAX_ROW_ID) {
            throw Refusals.limit("table has used up its row ids", state.nextRowId(), TableState.MAX_ROW_ID)
                    .with("table", state.schema().name())
                    .hint("copy the rows to a new table");
        }
        undo.reserve(null, row);
        List<ForeignKeyRule> outgoing = table.references(tables).outgoing();
        long rowId = tables.writable(table).insert(row);
        undo.row(table, rowId, null);
        for (int i = 0; i < outgoing.size(); i++) {
            checkParent(outgoing.get(i), rowId, row);
        }
        return rowId;
    }

    /** Inserts a row under an id that it had before. */
    void put(LiveTable table, long rowId, byte[] row) {
        table.layout().validate(row);
        checkRow(table, row);
        checkUnique(table.state(), row, -1L, -1);
        undo.reserve(null, row);
        tables.writable(table).put(rowId, row);
        undo.row(table, rowId, null);
        for (ForeignKeyRule rule : table.references(tables).outgoing()) {
            checkParent(rule, rowId, row);
        }
    }

    /** Replaces a row; false if there is none with this id. */
    boolean update(LiveTable table, long rowId, byte[] row) {
        byte[] old = table.state().row(rowId);
        if (old == null) {
            return false;
        }
        int mark = undo.size();
        try {
            replace(table, rowId, old, row);
            followAll();
        } catch (RuntimeException e) {
            takeBack(mark);
            throw e;
        }
        return true;
    }

    /** Deletes a row; false if there is none with this id. */
    boolean delete(LiveTable table, long rowId) {
        byte[] old = table.state().row(rowId);
        if (old == null) {
            return false;
        }
        int mark = undo.size();
        try {
            remove(table, rowId, old);
            followAll();
        } catch (RuntimeException e) {
            takeBack(mark);
            throw e;
        }
        return true;
    }

    /** Deletes all rows. Rows of other tables must not refer to them. */
    void truncate(LiveTable table) {
        for (ForeignKeyRule rule : table.references(tables).incoming()) {
            if (rule.child() != table && rule.child().rowCount() > 0) {
                throw Refusals.referencedByRows(rule);
            }
        }
        int mark = undo.size();
        try {
            for (RowCursor row = table.state().scan(); row.next(); ) {
                undo.reserve(row.row(), null);
                undo.row(table, row.rowId(), row.row());
            }
        } catch (RuntimeException e) {
            undo.forgetTo(mark);
            throw e;
        }
        tables.empty(table);
    }

    private void replace(LiveTable table, long rowId, byte[] old, byte[] row) {
        checkRow(table, row);
        long moved = table.state().movedIndexes(old, row);
        if (moved != 0) {
            checkUnique(table.state(), row, moved, rowId);
        }
        undo.reserve(old, row);
        References references = table.references(tables);
        tables.writable(table).replace(rowId, old, row, moved);
        undo.row(table, rowId, old);
        for (int i = 0; i < references.outgoing().size(); i++) {
            ForeignKeyRule rule = references.outgoing().get(i);
            if (!rule.sameChildKey(old, row)) {
                checkParent(rule, rowId, row);
            }
        }
        for (int i = 0; i < references.incoming().size(); i++) {
            ForeignKeyRule rule = references.incoming().get(i);
            if (!rule.sameParentKey(old, row)) {
                parentChanged(rule, old, row, rule.definition().onUpdate());
            }
        }
    }

    private void remove(LiveTable table, long rowId, byte[] old) {
        undo.reserve(old, null);
        References references = table.references(tables);
        tables.writable(table).remove(rowId, old);
        undo.row(table, rowId, old);
        for (int i = 0; i < references.incoming().size(); i++) {
            ForeignKeyRule rule = references.incoming().get(i);
            parentChanged(rule, old, null, rule.definition().onDelete());
        }
    }

    private void checkParent(ForeignKeyRule rule, long rowId, byte[] row) {
        if (!rule.isSatisfied(row)) {
            deferred.addChild(rule, rowId);
        }
    }

    private void parentChanged(ForeignKeyRule rule, byte[] old, byte @Nullable [] row, Action action) {
        if (!rule.children(old).next()) {
            return;
        }
        switch (action) {
            case NO_ACTION -> deferred.addParent(rule, old);
            case RESTRICT -> throw Refusals.restricted(rule, old);
            case CASCADE, SET_NULL -> follows.add(new Follow(rule, old, row));
        }
    }

    /** Works off what the write set in motion. */
    private void followAll() {
        for (Follow next = follows.poll(); next != null; next = follows.poll()) {
            follow(next);
        }
    }

    private void takeBack(int mark) {
        follows.clear();
        undo.undoTo(mark);
    }

    private void follow(Follow follow) {
        ForeignKeyRule rule = follow.rule();
        LiveTable child = rule.child();
        boolean deletes = follow.after() == null && rule.definition().onDelete() == Action.CASCADE;
        boolean takesKey = follow.after() != null && rule.definition().onUpdate() == Action.CASCADE;
        for (long rowId : RowIds.of(rule.children(follow.before()))) {
            byte[] row = child.state().row(rowId);
            if (row == null) {
                continue; // an earlier step of this cascade took it
            }
            if (deletes) {
                remove(child, rowId, row);
            } else {
                replace(child, rowId, row, rule.withKey(row, takesKey ? follow.after() : null));
            }
        }
    }

    /** Refuses a row that no key and no other row is needed to refuse. */
    void checkRow(LiveTable table, byte[] row) {
        if (row.length > limits.maxRowBytes()) {
            throw Refusals.limit("row is too long in bytes", row.length, limits.maxRowBytes())
                    .with("table", table.schema().name());
        }
        RowCheck[] checks = table.checks(compiler);
        for (int i = 0; i < checks.length; i++) {
            if (checks[i].violates(row)) {
                throw Refusals.check(table.schema(), table.schema().checks().get(i));
            }
        }
    }

    /**
     * Looks the row's key up in the unique indexes.
     *
     * @param positions the indexes to look at, bit i for position i
     * @param ownRowId the row that may have the key already
     */
    private static void checkUnique(TableState state, byte[] row, long positions, long ownRowId) {
        TableShape shape = state.shape();
        for (int i = 0; i < shape.indexCount(); i++) {
            if (shape.index(i).isUnique() && (positions >>> i & 1) != 0) {
                long found = state.findSameKey(i, row);
                if (found >= 0 && found != ownRowId) {
                    throw Refusals.unique(state.schema(), shape.index(i), row);
                }
            }
        }
    }

    /** Ids found by a cursor, so that its table may be written to. */
    private static final class RowIds {
        private RowIds() {}

        static long[] of(RowCursor cursor) {
            long[] ids = new long[4];
            int count = 0;
            while (cursor.next()) {
                if (count == ids.length) {
                    ids = Arrays.copyOf(ids, count * 2);
                }
                ids[count++] = cursor.rowId();
            }
            return Arrays.copyOf(ids, count);
        }
    }
}
