package dev.merapi.store.tx;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.IndexImage;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.SequenceChange;
import dev.merapi.store.TableDelta;
import dev.merapi.store.table.EpochVector;
import dev.merapi.store.table.TableShape;
import dev.merapi.store.table.TableState;
import dev.merapi.store.table.WriteEpoch;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All tables in their current state, and the epoch in which they are changed. Changing a table goes through
 * {@link #writable}, which copies its head when a snapshot may still look at it.
 */
public final class LiveTables {
    /**
     * When more than this share of a table's restored rows changes in the commits behind the checkpoint, building its
     * indexes anew is cheaper than keeping the restored ones up to date: that costs several times as much per row.
     */
    private static final int REPLAY_SHARE = 4;

    private static final int MIN_REPLAY_BUDGET = 10_000;

    private WriteEpoch epoch = WriteEpoch.first();
    private Catalog catalog = Catalog.EMPTY;
    /** By table id. What {@link #freeze} hands out; kept equal to {@code live} at all times. */
    private final EpochVector<TableState> states = new EpochVector<>();

    /** While a database is recovered its tables are not indexed: that is done once, at the end. */
    private boolean recovering;

    private @Nullable LiveTable[] live = new @Nullable LiveTable[64];

    public Catalog catalog() {
        return catalog;
    }

    /**
     * The table with this id.
     *
     * @throws dev.merapi.api.error.CodedException UNKNOWN_TABLE
     */
    public LiveTable table(int tableId) {
        LiveTable table = tableId >= 0 && tableId < live.length ? live[tableId] : null;
        if (table == null) {
            throw Refusals.unknownTable(tableId);
        }
        return table;
    }

    /** The table's state, ready to be changed in the current epoch. */
    TableState writable(LiveTable table) {
        table.touch();
        TableState state = table.state();
        if (state.epoch() != epoch) {
            state = state.fork(epoch);
            install(table, state);
        }
        return state;
    }

    /** Takes all rows of a table out at once; the state before stays intact. */
    void empty(LiveTable table) {
        epoch = epoch.next();
        install(table, table.state().emptied(epoch));
    }

    private void install(LiveTable table, TableState state) {
        table.setState(state);
        states.set(epoch, table.tableId(), state);
    }

    /** The tables as they are now, for readers on any thread. Constant time: later writes copy what they change. */
    public FrozenTables freeze() {
        FrozenTables frozen = new FrozenTables(catalog, states.fork());
        epoch = epoch.next();
        return frozen;
    }

    // ---- schema

    /** Makes a schema change. The state before it stays intact, so that the result can take it back. */
    Runnable change(SchemaChange change) {
        Catalog before = catalog;
        // Nothing may be changed in place from here on: the states of now are the way back.
        epoch = epoch.next();
        Runnable undoTable = switch (change) {
            case SchemaChange.SchemaCreated created -> () -> {};
            case SchemaChange.SchemaDropped dropped -> () -> {};
            case SchemaChange.TableCreated created -> create(created.table());
            case SchemaChange.TableDropped dropped -> drop(table(dropped.tableId()));
            case SchemaChange.TableAltered altered -> alter(altered);
        };
        setCatalog(before.with(change));
        return () -> {
            undoTable.run();
            setCatalog(before);
        };
    }

    private Runnable create(TableSchema schema) {
        LiveTable table =
                new LiveTable(schema.tableId(), TableState.create(epoch, new TableShape(schema), !recovering));
        add(table);
        return () -> remove(table);
    }

    private Runnable drop(LiveTable table) {
        remove(table);
        return () -> add(table);
    }

    private Runnable alter(SchemaChange.TableAltered altered) {
        LiveTable table = table(altered.table().tableId());
        TableState before = table.state();
        install(table, before.alter(epoch, new TableShape(altered.table()), altered.rewrite()));
        return () -> install(table, before);
    }

    private void add(LiveTable table) {
        if (table.tableId() >= live.length) {
            live = Arrays.copyOf(live, Math.max(table.tableId() + 1, live.length * 2));
        }
        live[table.tableId()] = table;
        table.setDropped(false);
        install(table, table.state());
    }

    private void remove(LiveTable table) {
        live[table.tableId()] = null;
        table.setDropped(true);
        table.touch();
        states.remove(epoch, table.tableId());
    }

    private void setCatalog(Catalog newCatalog) {
        catalog = newCatalog;
        forEach(LiveTable::forgetReferences);
    }

    public void forEach(Consumer<LiveTable> action) {
        for (LiveTable table : live) {
            if (table != null) {
                action.accept(table);
            }
        }
    }

    // ---- recovery

    public void beginRecovery() {
        recovering = true;
    }

    /** Builds the indexes that were not restored. */
    public void endRecovery() {
        recovering = false;
        forEach(table -> {
            if (!table.state().isIndexed()) {
                writable(table).buildIndexes();
            }
        });
    }

    /** Starts from the tables of a checkpoint, still without rows; whatever there was before is gone. */
    public void restore(Catalog restored) {
        forEach(this::remove);
        for (TableSchema schema : restored.tables()) {
            create(schema);
        }
        setCatalog(restored);
    }

    public void restoreRow(int tableId, long rowId, byte[] row) {
        writable(table(tableId)).put(rowId, row);
    }

    public void restoreNextRowId(int tableId, long nextRowId) {
        writable(table(tableId)).setNextRowId(nextRowId);
    }

    public void restoreSequence(SequenceChange sequence) {
        writable(table(sequence.tableId())).setLastSequenceValue(sequence.column(), sequence.lastValue());
    }

    /** Takes an index over. The last one of its table makes the table complete. */
    public void restoreIndex(int tableId, int indexId, IndexImage image) {
        LiveTable table = table(tableId);
        TableState state = writable(table);
        state.restoreIndex(indexId, image);
        if (indexId == table.schema().indexes().getLast().indexId()) {
            state.setIndexed();
            table.setReplayBudget(Math.max(MIN_REPLAY_BUDGET, state.rowCount() / REPLAY_SHARE));
        }
    }

    /** Repeats a commit that was checked when it was made. */
    public void apply(Commit commit) {
        for (SchemaChange change : commit.schemaChanges()) {
            change(change);
        }
        for (TableDelta delta : commit.tables()) {
            LiveTable table = table(delta.table().tableId());
            TableState state = writable(table);
            if (recovering && state.isIndexed() && !table.takeReplayBudget(delta.size())) {
                state.dropIndexes();
            }
            for (int i = 0; i < delta.size(); i++) {
                apply(state, delta.rowId(i), delta.after(i));
            }
        }
        for (SequenceChange sequence : commit.sequences()) {
            restoreSequence(sequence);
        }
    }

    private static void apply(TableState state, long rowId, byte @Nullable [] after) {
        byte[] before = state.row(rowId);
        if (before == null) {
            if (after != null) {
                state.put(rowId, after);
            }
        } else if (after == null) {
            state.remove(rowId, before);
        } else {
            state.replace(rowId, before, after, state.movedIndexes(before, after));
        }
    }
}
