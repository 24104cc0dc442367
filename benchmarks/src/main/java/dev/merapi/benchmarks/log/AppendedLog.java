package dev.merapi.benchmarks.log;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.Caller;
import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.IndexImage;
import dev.merapi.store.RecoveryTarget;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.SequenceChange;
import dev.merapi.store.TableDelta;
import dev.merapi.store.log.CommitLog;
import dev.merapi.store.log.FileLogStorage;
import dev.merapi.store.log.LogGroup;
import dev.merapi.store.log.LogOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A log without a database above it, and commits that insert one row of 34 bytes. */
final class AppendedLog implements AutoCloseable {
    private final CommitLog log;
    private final TableSchema table = new TableSchema(
            1,
            TableName.of("customers"),
            List.of(
                    ColumnDefinition.of(new Column("id", ScalarType.I64, false)),
                    ColumnDefinition.of(new Column("name", ScalarType.TEXT, false)),
                    ColumnDefinition.of(new Column("balance", ScalarType.I64, false))),
            null,
            List.of(),
            List.of(),
            List.of(),
            1);
    private final byte[] row = RowLayout.of(table.rowType()).encode(1L, "customer 12345", 17L);

    AppendedLog(Path directory) {
        log = CommitLog.open(
                FileLogStorage.open(directory), LogOptions.defaults(new SplittableRandom()), new Nothing());
        log.append(new Commit(
                1, 0, Caller.SYSTEM, "load", List.of(new SchemaChange.TableCreated(table)), List.of(), List.of()));
        write();
    }

    /** Appends and forces that many groups. */
    void append(int groups, int groupSize) {
        for (int i = 0; i < groups; i++) {
            gather(groupSize);
            write();
        }
    }

    private void gather(int commits) {
        long offset = log.lastOffset();
        for (int i = 0; i < commits; i++) {
            offset++;
            TableDelta delta = TableDelta.of(table, new long[] {offset}, new byte[][] {null, row});
            log.append(new Commit(offset, offset, Caller.SYSTEM, "load", List.of(), List.of(delta), List.of()));
        }
    }

    long bytes() {
        return log.sizeBytes();
    }

    long durableOffset() {
        return log.durableOffset();
    }

    private void write() {
        LogGroup group = log.seal();
        if (group != null) {
            log.write(group);
        }
    }

    @Override
    public void close() {
        log.close();
    }

    /** The log is new, so there is nothing to recover. */
    private static final class Nothing implements RecoveryTarget {
        @Override
        public void restoreCatalog(Catalog catalog) {}

        @Override
        public void restoreRow(int tableId, long rowId, byte[] row) {}

        @Override
        public void restoreNextRowId(int tableId, long nextRowId) {}

        @Override
        public void restoreSequence(SequenceChange sequence) {}

        @Override
        public void restoreIndex(int tableId, int indexId, IndexImage image) {}

        @Override
        public void restoreOffset(long offset) {}

        @Override
        public void apply(Commit commit) {}
    }
}
