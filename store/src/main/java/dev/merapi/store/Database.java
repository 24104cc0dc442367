package dev.merapi.store;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.log.CommitLog;
import dev.merapi.store.tx.LiveTables;
import dev.merapi.store.tx.Workspace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One database: its tables, its history and the one transaction that may be open.
 *
 * <p>Passive and without locks: all methods belong to one thread at a time, the writer, except where said. Readers on
 * other threads work on {@link Snapshot}s that the writer hands them.
 */
public final class Database implements AutoCloseable {
    private final DatabaseOptions options;
    private final LiveTables tables = new LiveTables();
    private final Workspace workspace;

    private final CommitLog log;

    private long offset;
    private @Nullable Transaction open;
    /** The tables as of {@code offset}, once somebody has asked. */
    private @Nullable Snapshot snapshot;

    private Database(DatabaseOptions options) {
        this.options = options;
        workspace = new Workspace(tables, options.constraintCompiler(), options.limits());
        Recovery recovery = new Recovery();
        log = CommitLog.open(options.storage(), options.log(), recovery);
        recovery.end();
    }

    /**
     * Opens a database: brings back what its storage holds, or begins a new one in empty storage.
     *
     * @throws CodedException LOG_CORRUPT if confirmed commits cannot be read any more; LOG_VERSION_UNSUPPORTED if a
     *     newer release wrote it; STORAGE_FAILED if the storage cannot be used
     */
    public static Database open(DatabaseOptions options) {
        return new Database(options);
    }

    public String name() {
        return options.name();
    }

    public StoreLimits limits() {
        return options.limits();
    }

    /**
     * Opens the next transaction. It sees everything committed and writes in place; it must be committed or closed
     * before the next one.
     *
     * @param cause a short text for people that says what the transaction is for; kept in the log
     * @param now the time of the transaction; kept in the log with microseconds
     * @throws CodedException LOG_FULL while the disk is full, LOG_FAILED once the log has failed: reading goes on
     * @throws IllegalStateException if a transaction is open
     */
    public Transaction begin(Caller caller, String cause, Instant now) {
        if (open != null) {
            throw new IllegalStateException("a transaction of database " + name() + " is still open");
        }
        log.requireWritable();
        Transaction transaction = new Transaction(this, workspace, tables, caller, cause, now);
        open = transaction;
        return transaction;
    }

    /** Takes the writes of the open transaction into the history. */
    @Nullable
    Commit commit(Transaction transaction) {
        List<SchemaChange> schemaChanges = workspace.schemaChanges();
        List<TableDelta> deltas = workspace.deltas();
        List<SequenceChange> sequences = workspace.sequenceChanges();
        end(transaction);
        if (schemaChanges.isEmpty() && deltas.isEmpty() && sequences.isEmpty()) {
            return null;
        }
        offset++;
        snapshot = null;
        Commit commit = new Commit(
                offset,
                ChronoUnit.MICROS.between(Instant.EPOCH, transaction.now()),
                transaction.caller(),
                transaction.cause(),
                schemaChanges,
                deltas,
                sequences);
        log.append(commit);
        return commit;
    }

    void end(Transaction transaction) {
        assert open == transaction;
        workspace.finish();
        open = null;
    }

    ReadView viewOf(Transaction transaction) {
        assert open == transaction;
        return new TransactionView(offset, tables.freeze());
    }

    /**
     * The tables as of the last commit. Constant time whatever the size; the same object until the next commit.
     *
     * @throws IllegalStateException if a transaction is open: its writes are in place and must not be seen
     */
    public Snapshot snapshot() {
        if (open != null) {
            throw new IllegalStateException("a transaction of database " + name() + " is open: no snapshot now");
        }
        Snapshot current = snapshot;
        if (current == null) {
            current = new Snapshot(epoch(), offset, tables.freeze());
            snapshot = current;
        }
        return current;
    }

    /** The offset of the last commit; 0 in an empty database. */
    public long offset() {
        return offset;
    }

    /**
     * The present epoch of the history; epoch and offset together are a position. See {@link CommitLog#epoch} and
     * {@link CommitLog#isResumable}.
     */
    public long epoch() {
        return log.epoch();
    }

    /**
     * The history. Whoever owns the writer's thread seals a group after each batch of transactions and has it written;
     * until then nothing is durable.
     */
    public CommitLog log() {
        return log;
    }

    public Catalog catalog() {
        return tables.catalog();
    }

    /** The size of each table, in order of table id. */
    public List<TableStatistics> statistics() {
        List<TableStatistics> statistics = new ArrayList<>();
        tables.forEach(table -> {
            TableSchema schema = table.schema();
            statistics.add(new TableStatistics(schema.tableId(), schema.name(), table.rowCount(), table.rowBytes()));
        });
        return statistics;
    }

    /** For tests: the door through which recovery fills a database that is still empty. */
    Recovery recovery() {
        return new Recovery();
    }

    /**
     * Rolls back the open transaction, if there is one, and closes the log, which writes what was committed but not yet
     * written. Every thread that worked on the log has to have stopped.
     *
     * @throws CodedException LOG_FULL or LOG_FAILED if the rest could not be written; everything is closed all the same
     */
    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
        log.close();
    }

    /** Fills the tables; they can be read after {@link #end}. */
    final class Recovery implements RecoveryTarget {
        private Recovery() {
            tables.beginRecovery();
        }

        void end() {
            tables.endRecovery();
        }

        @Override
        public void restoreCatalog(Catalog catalog) {
            tables.restore(catalog);
        }

        @Override
        public void restoreRow(int tableId, long rowId, byte[] row) {
            tables.restoreRow(tableId, rowId, row);
        }

        @Override
        public void restoreNextRowId(int tableId, long nextRowId) {
            tables.restoreNextRowId(tableId, nextRowId);
        }

        @Override
        public void restoreSequence(SequenceChange sequence) {
            tables.restoreSequence(sequence);
        }

        @Override
        public void restoreIndex(int tableId, int indexId, IndexImage image) {
            tables.restoreIndex(tableId, indexId, image);
        }

        @Override
        public void restoreOffset(long restored) {
            offset = restored;
            snapshot = null;
        }

        @Override
        public void apply(Commit commit) {
            if (commit.offset() != offset + 1) {
                throw new IllegalArgumentException("commit " + commit.offset() + " does not follow offset " + offset);
            }
            tables.apply(commit);
            offset = commit.offset();
            snapshot = null;
        }
    }
}
