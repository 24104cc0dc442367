package dev.merapi.store.tx;

import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.SequenceChange;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableDelta;
import dev.merapi.store.tx.DeltaBuilder.RewriteMark;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the one open transaction of a database does its work. Writes go into the tables in place; the undo log knows
 * the way back. One per database, used by one transaction after another. Belongs to the writer.
 */
public final class Workspace {
    private final LiveTables tables;
    private final UndoLog undo;
    private final DeferredChecks deferred = new DeferredChecks();
    private final RowWriter rows;
    private final Sequences sequences;
    private final SchemaWriter schema;

    private final List<SchemaChange> schemaChanges = new ArrayList<>();
    private final List<RewriteMark> rewrites = new ArrayList<>();
    /** The place in the undo log of the youngest savepoint. */
    private int youngestSavepoint;

    public Workspace(LiveTables tables, ConstraintCompiler compiler, StoreLimits limits) {
        this.tables = tables;
        undo = new UndoLog(tables, limits);
        rows = new RowWriter(tables, undo, deferred, compiler, limits);
        sequences = new Sequences(tables, undo);
        schema = new SchemaWriter(this, tables, compiler, limits);
    }

    public long insert(int tableId, byte[] row) {
        return rows.insert(tables.table(tableId), row);
    }

    /** Refuses a row for what it is, without writing it. */
    public void check(int tableId, byte[] row) {
        rows.checkRow(tables.table(tableId), row);
    }

    public boolean update(int tableId, long rowId, byte[] row) {
        return rows.update(tables.table(tableId), rowId, row);
    }

    public boolean delete(int tableId, long rowId) {
        return rows.delete(tables.table(tableId), rowId);
    }

    public long nextSequence(int tableId, int column) {
        return sequences.next(tables.table(tableId), column, youngestSavepoint);
    }

    public void advanceSequence(int tableId, int column, long atLeast) {
        sequences.advance(tables.table(tableId), column, atLeast, youngestSavepoint);
    }

    /** Deletes all rows of a table that no other table refers to any more. */
    public void truncate(int tableId) {
        endStatement();
        rows.truncate(tables.table(tableId));
    }

    /** Lets a sequence begin again at 1. */
    public void restartSequence(int tableId, int column) {
        sequences.restart(tables.table(tableId), column, youngestSavepoint);
    }

    /** Whether rows of a table were written in this transaction. */
    boolean hasWrittenTo(LiveTable table) {
        for (int i = 0; i < undo.size(); i++) {
            if (undo.table(i) == table) {
                return true;
            }
        }
        return false;
    }

    /** Puts a row of a table back that a schema change has taken out. */
    void refill(int tableId, long rowId, byte[] row) {
        rows.put(tables.table(tableId), rowId, row);
    }

    /** Schema changes, each a statement of its own. */
    public SchemaWriter schema() {
        return schema;
    }

    /** Runs the checks that wait for the end of a statement. */
    public void endStatement() {
        if (!deferred.isEmpty()) {
            deferred.run();
        }
    }

    /** The present place in the transaction, to go back to. */
    public int mark() {
        youngestSavepoint = undo.size();
        return youngestSavepoint;
    }

    public int position() {
        return undo.size();
    }

    /** Takes back a statement that failed, with the checks it left for its end. */
    void undoStatementTo(int place) {
        undo.undoTo(place);
        deferred.clear();
    }

    /** Takes back everything behind a place. */
    public void backTo(int mark) {
        undo.undoTo(mark);
        deferred.clear();
        youngestSavepoint = mark;
    }

    /** Makes one schema change and records the way back. */
    void change(SchemaChange change) {
        int rewritesBefore = rewrites.size();
        RewriteMark mark = RewriteMark.of(undo.size(), tables, change);
        Runnable back = tables.change(change);
        schemaChanges.add(change);
        if (mark != null) {
            rewrites.add(mark);
        }
        undo.step(() -> {
            back.run();
            schemaChanges.removeLast();
            rewrites.subList(rewritesBefore, rewrites.size()).clear();
        });
    }

    public boolean isUntouched() {
        return undo.size() == 0;
    }

    public List<SchemaChange> schemaChanges() {
        return List.copyOf(schemaChanges);
    }

    public List<TableDelta> deltas() {
        return new DeltaBuilder(undo, rewrites).build();
    }

    public List<SequenceChange> sequenceChanges() {
        return sequences.changes();
    }

    /** Keeps what was written and forgets the way back. */
    public void finish() {
        undo.clear();
        deferred.clear();
        sequences.clear();
        schemaChanges.clear();
        rewrites.clear();
        youngestSavepoint = 0;
    }
}
