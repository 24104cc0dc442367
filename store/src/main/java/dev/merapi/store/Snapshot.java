package dev.merapi.store;

import dev.merapi.store.table.TableState;
import dev.merapi.store.tx.FrozenTables;
import java.util.function.LongConsumer;

/**
 * The whole database as of one commit. Immutable: any thread may read it for as long as it likes, it never waits and
 * makes nobody wait. It costs nothing to take and keeps alive only what was changed since; let go of it when done.
 */
public final class Snapshot implements ReadView {
    private final long epoch;
    private final long offset;
    private final FrozenTables tables;

    Snapshot(long epoch, long offset, FrozenTables tables) {
        this.epoch = epoch;
        this.offset = offset;
        this.tables = tables;
    }

    /** The id of the database's history this offset belongs to; see {@link Database#epoch}. */
    public long epoch() {
        return epoch;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public Catalog catalog() {
        return tables.catalog();
    }

    @Override
    public TableReader table(int tableId) {
        return tables.table(tableId);
    }

    /** The id the next row of a table would get; a checkpoint keeps it so that ids are never given twice. */
    public long nextRowId(int tableId) {
        return tables.table(tableId).nextRowId();
    }

    /** The state of one sequence. */
    public SequenceChange sequence(int tableId, int column) {
        TableState state = tables.table(tableId);
        return new SequenceChange(tableId, column, state.lastSequenceValue(column));
    }

    /** How many numbers {@link #writeIndexImage} writes. */
    public long indexImageSize(int tableId, int indexId) {
        return tables.table(tableId).indexImageSize(indexId);
    }

    /** Writes an index for {@link RecoveryTarget#restoreIndex}, in the form of {@link IndexImage#VERSION}. */
    public void writeIndexImage(int tableId, int indexId, LongConsumer out) {
        tables.table(tableId).writeIndexImage(indexId, out);
    }

    @Override
    public String toString() {
        return "Snapshot[offset=" + offset + "]";
    }
}
