package dev.merapi.store.log;

import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.RecoveryTarget;
import dev.merapi.store.SequenceChange;
import java.util.ArrayList;
import java.util.List;

/** What a recovery brought back: the commits after the checkpoint, if there was one. */
final class Replayed implements RecoveryTarget {
    final List<Commit> commits = new ArrayList<>();
    long checkpointOffset;
    long rows;

    @Override
    public void restoreCatalog(Catalog catalog) {
        rows = 0;
    }

    @Override
    public void restoreRow(int tableId, long rowId, byte[] row) {
        rows++;
    }

    @Override
    public void restoreNextRowId(int tableId, long nextRowId) {}

    @Override
    public void restoreSequence(SequenceChange sequence) {}

    @Override
    public void restoreIndex(int tableId, int indexId, dev.merapi.store.IndexImage image) {}

    @Override
    public void restoreOffset(long offset) {
        checkpointOffset = offset;
    }

    @Override
    public void apply(Commit commit) {
        commits.add(commit);
    }
}
