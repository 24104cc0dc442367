package dev.merapi.store.tx;

import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCheck;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import dev.merapi.store.table.TableShape;
import dev.merapi.store.table.TableState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the writer sees it: the one object that stands for it through snapshots and schema changes, with its
 * current state and what was compiled for it. Belongs to the writer.
 */
public final class LiveTable implements TableReader {
    private final int tableId;
    private TableState state;
    private boolean dropped;
    /** Rises with each write; cursors compare it. */
    private long modifications;

    private RowCheck @Nullable [] checks;
    private @Nullable TableShape checkedShape;
    private @Nullable References references;

    /** How many more rows recovery may change while it keeps restored indexes. */
    private long replayBudget;

    LiveTable(int tableId, TableState state) {
        this.tableId = tableId;
        this.state = state;
    }

    int tableId() {
        return tableId;
    }

    TableState state() {
        return state;
    }

    void setState(TableState newState) {
        state = newState;
        modifications++;
    }

    /** To be called with each write, so that cursors that are still open notice. */
    void touch() {
        modifications++;
    }

    void setReplayBudget(long rows) {
        replayBudget = rows;
    }

    /** Takes from the budget; false if it is used up. */
    boolean takeReplayBudget(int rows) {
        replayBudget -= rows;
        return replayBudget >= 0;
    }

    boolean isDropped() {
        return dropped;
    }

    void setDropped(boolean newDropped) {
        dropped = newDropped;
    }

    /** The compiled CHECKs of the current version. */
    RowCheck[] checks(ConstraintCompiler compiler) {
        RowCheck[] compiled = checks;
        if (compiled == null || checkedShape != state.shape()) {
            List<CheckDefinition> definitions = schema().checks();
            compiled = new RowCheck[definitions.size()];
            for (int i = 0; i < compiled.length; i++) {
                compiled[i] = compiler.compile(schema(), definitions.get(i));
            }
            checks = compiled;
            checkedShape = state.shape();
        }
        return compiled;
    }

    /** The foreign keys from and to this table; known again after each schema change of any table. */
    References references(LiveTables tables) {
        References known = references;
        if (known == null) {
            known = References.of(tables, this);
            references = known;
        }
        return known;
    }

    void forgetReferences() {
        references = null;
    }

    @Override
    public TableSchema schema() {
        return state.schema();
    }

    @Override
    public RowLayout layout() {
        return state.layout();
    }

    @Override
    public long rowCount() {
        return state.rowCount();
    }

    @Override
    public long rowBytes() {
        return state.rowBytes();
    }

    @Override
    public RowCursor scan() {
        return new LiveCursor(state.scan());
    }

    @Override
    public RowCursor scanBackward() {
        return new LiveCursor(state.scanBackward());
    }

    @Override
    public byte @Nullable [] row(long rowId) {
        return state.row(rowId);
    }

    @Override
    public long findId(int indexId, byte[] key) {
        return state.findId(indexId, key);
    }

    @Override
    public long findId(int indexId, long key) {
        return state.findId(indexId, key);
    }

    @Override
    public RowCursor lookup(int indexId, byte[] key) {
        return new LiveCursor(state.lookup(indexId, key));
    }

    @Override
    public RowCursor range(int indexId, IndexRange range, boolean descending) {
        return new LiveCursor(state.range(indexId, range, descending));
    }

    /** A cursor over nodes that the next write may change under it: it refuses to go on then. */
    private final class LiveCursor implements RowCursor {
        private final RowCursor cursor;
        private final long expected = modifications;

        LiveCursor(RowCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean next() {
            if (expected != modifications) {
                throw new IllegalStateException("table " + schema().name()
                        + " was written to while a cursor was open: collect row ids first, or walk Transaction.view()");
            }
            return cursor.next();
        }

        @Override
        public long rowId() {
            return cursor.rowId();
        }

        @Override
        public byte[] row() {
            return cursor.row();
        }
    }
}
