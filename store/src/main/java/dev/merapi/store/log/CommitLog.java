package dev.merapi.store.log;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Commit;
import dev.merapi.store.RecoveryTarget;
import dev.merapi.store.Snapshot;
import dev.merapi.store.log.Recovery.Recovered;
import dev.merapi.store.log.format.FrameHeader;
import dev.merapi.store.log.format.Lineage;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The commit log of one database: what is in it has happened.
 *
 * <p>The writer's thread appends commits to the open group and seals it; the log's thread writes groups in the order
 * they were sealed and forces each before the next, after which {@link #durableOffset} has moved past it. Everything
 * else may be called from any thread. The log has no threads and no locks of its own.
 *
 * <p>When the storage is full the log is {@link LogState#FULL}: it keeps the group it could not write and goes on where
 * it stopped once {@link #retry} finds room. After any other failure of a write or a force it is
 * {@link LogState#FAILED} for good, because the storage may hold anything of the last group; nothing is tried again as
 * if nothing had happened.
 *
 * <pre>
 * writer: append, append, … seal ──group──► log thread: write ──► durableOffset
 *                                                         └─ FULL: retry … ─┘
 * </pre>
 */
public final class CommitLog implements AutoCloseable {
    /** The largest commit in encoded form, in bytes; transactions are refused long before. */
    public static final int MAX_COMMIT_BYTES = FrameHeader.MAX_PAYLOAD_BYTES;

    private static final VarHandle APPENDED_OFFSET;

    static {
        try {
            APPENDED_OFFSET = MethodHandles.lookup().findVarHandle(CommitLog.class, "appendedOffset", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Immutable or safe for any thread.
    private final LogStorage storage;
    private final long databaseId;
    private final History history;
    private final Checkpoints checkpoints;
    private final RecoveryReport recovery;
    private final Lineage lineage;

    // Any thread.
    private final AtomicReference<LogState> state = new AtomicReference<>(LogState.OPEN);

    // Written by the thread named, read by any.
    private volatile long durableOffset; // log thread
    private volatile long writtenBytes; // log thread
    private volatile long checkpointedBytes; // the thread that writes a checkpoint
    private long appendedOffset; // writer thread, released

    // Writer thread.
    private final GroupBuilder open = new GroupBuilder();

    // Log thread.
    private final SegmentWriter writer;
    private final Marks marks;
    /** Frames that are not yet written, and waiting while the log is full. */
    private List<LogGroup.Frame> pending = List.of();

    private CommitLog(LogStorage storage, LogOptions options, Checkpoints checkpoints, Recovered recovered)
            throws IOException {
        this.storage = storage;
        this.checkpoints = checkpoints;
        databaseId = recovered.end().databaseId();
        recovery = recovered.report();
        history = new History(storage, options.retention(), recovered.segments(), checkpoints.recoverableAfter());
        writer = new SegmentWriter(storage, options.segmentBytes(), history, recovered.end());
        marks = new Marks(storage, recovered.mark());
        durableOffset = recovered.end().lastOffset();
        appendedOffset = durableOffset;
        writtenBytes = history.sizeBytesAfter(recovery.checkpointOffset());
        if (recovery.isClean()) {
            lineage = recovered.end().lineage();
        } else {
            LogGroup.Frame epoch = writer.epochFrame(Recovery.newEpoch(options));
            lineage = writer.lineage();
            writeAtOpen(epoch);
        }
        marks.begin(lineage.current(), durableOffset);
    }

    /**
     * Opens a log, creating it in empty storage, and brings back what it holds.
     *
     * @param storage belongs to the log from now on, which closes it; on failure it is closed, too
     * @param target an empty database; is complete on return
     * @throws CodedException LOG_CORRUPT if confirmed data is missing; LOG_VERSION_UNSUPPORTED if a newer release wrote
     *     it; STORAGE_FAILED if it cannot be read or written
     */
    public static CommitLog open(LogStorage storage, LogOptions options, RecoveryTarget target) {
        try {
            try {
                Checkpoints checkpoints = new Checkpoints(storage);
                FormatUpgrade.CURRENT.run(storage);
                Recovered recovered = new Recovery(storage, options, checkpoints, target).run();
                return new CommitLog(storage, options, checkpoints, recovered);
            } catch (IOException | RuntimeException e) {
                storage.close();
                throw e;
            }
        } catch (IOException e) {
            throw LogErrors.storageFailed("commit log cannot be opened", storage.location(), e);
        }
    }

    /** With a full disk the database opens all the same, to be read. */
    private void writeAtOpen(LogGroup.Frame frame) throws IOException {
        try {
            writer.write(frame);
            writer.force();
        } catch (StorageFullException e) {
            pending = List.of(frame);
            state.set(LogState.FULL);
        }
    }

    /**
     * Adds a commit to the open group. It is neither written nor visible to readers yet. Takes the log's copy of the
     * row bytes; fast, never blocks. Writer's thread.
     *
     * @throws CodedException COMMIT_TOO_LARGE beyond {@link #MAX_COMMIT_BYTES}; because the commit has already happened
     *     in memory, the log then is FAILED
     */
    public void append(Commit commit) {
        if (commit.offset() != appendedOffset + 1) {
            throw new IllegalArgumentException("commit " + commit.offset() + " does not follow " + appendedOffset);
        }
        try {
            open.add(commit);
        } catch (CodedException e) {
            state.set(LogState.FAILED);
            throw e;
        }
        APPENDED_OFFSET.setRelease(this, commit.offset());
    }

    /** Takes the open group, at the end of a batch; null if nothing was appended. Writer's thread. */
    public @Nullable LogGroup seal() {
        return open.take();
    }

    /**
     * Writes a group and forces it. On return it is durable. Log thread; blocks on the disk.
     *
     * @throws CodedException LOG_FULL if there is no room: the log keeps the group, and {@link #retry} writes it.
     *     Called again while the log is full, it refuses the other group without taking it: offer that again after
     *     retry succeeded. LOG_FAILED if the log has failed, now or earlier
     */
    public void write(LogGroup group) {
        switch (state.get()) {
            case FAILED -> throw LogErrors.failed();
            case FULL -> throw LogErrors.full();
            case OPEN -> {
                if (group.firstOffset() != writer.nextOffset()) {
                    throw new IllegalArgumentException(
                            "group begins with " + group.firstOffset() + " instead of " + writer.nextOffset());
                }
                pending = group.frames();
                writePending();
            }
        }
    }

    /**
     * Tries to go on after the storage was full: drops old history, if retention allows, and writes the group that is
     * waiting. Log thread; blocks on the disk.
     *
     * @return whether the log is {@link LogState#OPEN} now
     * @throws CodedException LOG_FAILED if the log has failed, now or earlier
     */
    public boolean retry() {
        return switch (state.get()) {
            case OPEN -> true;
            case FAILED -> throw LogErrors.failed();
            case FULL -> {
                dropOldHistory();
                yield tryPending();
            }
        };
    }

    private boolean tryPending() {
        try {
            writePending();
            return state.compareAndSet(LogState.FULL, LogState.OPEN);
        } catch (CodedException e) {
            if (e.code() == ErrorCode.LOG_FULL) {
                return false;
            }
            throw e;
        }
    }

    private void writePending() {
        try {
            while (!pending.isEmpty()) {
                LogGroup.Frame frame = pending.getFirst();
                boolean hasRolled = writer.write(frame);
                pending = pending.subList(1, pending.size());
                writer.force();
                durableOffset = frame.lastOffset();
                noteWritten(frame.sizeBytes());
                marks.confirm(durableOffset);
                open.recycle(frame.frame());
                if (hasRolled) {
                    dropOldHistory();
                }
            }
        } catch (StorageFullException e) {
            state.compareAndSet(LogState.OPEN, LogState.FULL);
            throw LogErrors.full().causedBy(e);
        } catch (IOException e) {
            state.set(LogState.FAILED);
            throw LogErrors.failed(e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes it
    private void noteWritten(long bytes) {
        writtenBytes += bytes;
    }

    private void dropOldHistory() {
        try {
            history.dropOld();
        } catch (IOException triedAgainLater) {
            // No reason to stop writing: the next segment tries again, and the next checkpoint reports it.
        }
    }

    /**
     * Refuses if the log takes no writes: to be asked before a transaction begins, because a commit cannot be refused.
     * Any thread.
     *
     * @throws CodedException LOG_FULL, LOG_FAILED
     */
    public void requireWritable() {
        switch (state.get()) {
            case OPEN -> {}
            case FULL -> throw LogErrors.full();
            case FAILED -> throw LogErrors.failed();
        }
    }

    /** Any thread. */
    public LogState state() {
        return state.get();
    }

    /** Everything up to here survives a loss of power. Any thread. */
    public long durableOffset() {
        return durableOffset;
    }

    /** The offset of the last commit appended, written or not. Any thread. */
    public long lastOffset() {
        return (long) APPENDED_OFFSET.getAcquire(this);
    }

    /** The offset after which {@link #read} can start at the earliest. Any thread. */
    public long oldestOffset() {
        return history.oldestOffset();
    }

    /**
     * The present epoch: a position in the history of this database is an epoch and an offset. It changes when the log
     * was not closed properly, because commits may then be missing that somebody has already seen. Never 0. Any thread.
     */
    public long epoch() {
        return lineage.current();
    }

    /**
     * Whether a position is part of this history: the commit with this offset, seen in this epoch, is still the same.
     * If not, whoever holds it has seen commits that were lost before they were durable, or another database, and has
     * to start anew. Any thread.
     */
    public boolean isResumable(long epoch, long offset) {
        return lineage.contains(epoch, offset, lastOffset());
    }

    /**
     * Reads the commits after an offset, in order, as far as they are written; the reader can be asked again for what
     * was written since. Any thread; the reader belongs to the caller and must be closed.
     *
     * @param afterOffset from {@link #oldestOffset} to {@link #lastOffset}
     * @throws CodedException HISTORY_TRUNCATED if the offset is before or after what there is
     */
    public CommitReader read(long afterOffset) {
        @Nullable Segment segment = afterOffset > lastOffset() ? null : history.holding(afterOffset);
        if (segment == null) {
            throw LogErrors.historyTruncated(afterOffset, history.oldestOffset());
        }
        return new CommitReader(history, databaseId, segment, afterOffset);
    }

    /**
     * Keeps the commits after an offset, beyond what {@link Retention} says, until told otherwise; for somebody who is
     * known to come back. Any thread.
     *
     * @param afterOffset {@link Long#MAX_VALUE} to let go
     */
    public void holdHistoryAfter(long afterOffset) {
        history.holdAfter(afterOffset);
    }

    /**
     * Writes the tables of a snapshot as a checkpoint, then drops history that is no longer needed. Runs for as long as
     * it takes to write all rows; any thread but the writer's and the log's. A checkpoint of the same offset, or of an
     * empty database, is not written again.
     *
     * @throws CodedException CHECKPOINT_REFUSED if another one is being written, or if the snapshot is not durable by
     *     the time it has been written; STORAGE_FAILED if it cannot be written (the log goes on)
     */
    public void checkpoint(Snapshot snapshot) {
        long before = writtenBytes;
        try {
            checkpoints.write(snapshot, databaseId, this::durableOffset);
            checkpointedBytes = before;
            history.checkpointed(checkpoints.recoverableAfter());
            history.dropOld();
        } catch (IOException e) {
            throw LogErrors.storageFailed("checkpoint cannot be written", storage.location(), e);
        }
    }

    /** How many bytes of log a recovery would read, roughly: when it is much, a checkpoint pays. Any thread. */
    public long bytesSinceCheckpoint() {
        return writtenBytes - checkpointedBytes;
    }

    /** The size of the history kept, in bytes. Any thread. */
    public long sizeBytes() {
        return history.sizeBytes();
    }

    /** What opening this log found. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /**
     * Writes what is still open, notes that the log ended properly, and gives the storage up. Called when the writer's
     * and the log's thread have stopped; groups that were sealed but never written are lost, and the end is not
     * proper then.
     *
     * @throws CodedException LOG_FULL or LOG_FAILED if the rest could not be written; the storage is closed anyway
     */
    @Override
    public void close() {
        try {
            try {
                LogGroup rest = seal();
                if (rest != null && rest.firstOffset() == writer.nextOffset() && state() == LogState.OPEN) {
                    write(rest);
                }
                if (state() == LogState.OPEN && durableOffset == lastOffset()) {
                    marks.end(durableOffset);
                }
            } finally {
                writer.close();
                storage.close();
            }
        } catch (IOException e) {
            throw LogErrors.storageFailed("commit log cannot be closed", storage.location(), e);
        }
    }
}
