package dev.merapi.store.log;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Catalog;
import dev.merapi.store.RecoveryTarget;
import dev.merapi.store.Snapshot;
import dev.merapi.store.checkpoint.CheckpointDamagedException;
import dev.merapi.store.checkpoint.CheckpointReader;
import dev.merapi.store.checkpoint.CheckpointWriter;
import dev.merapi.store.log.format.FormatVersion;
import dev.merapi.store.log.format.LogNames;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The checkpoints of a log. Two are kept, and the log from the older one on: should the newest turn out to be damaged,
 * nothing is lost. One is written at a time, by any thread but the writer's.
 */
final class Checkpoints {
    private static final int KEPT = 2;

    private final LogStorage storage;
    private final AtomicBoolean isWriting = new AtomicBoolean();

    Checkpoints(LogStorage storage) {
        this.storage = storage;
    }

    /** A checkpoint that was restored; offset 0 for none. */
    record Restored(long offset, Catalog catalog) {}

    /**
     * Restores the newest checkpoint that is intact. If none is, the target is left empty.
     *
     * @param damage is told about those that are not
     */
    Restored restoreNewest(long databaseId, RecoveryTarget target, List<String> damage) throws IOException {
        long[] offsets = LogNames.checkpointOffsets(storage.checkpoints());
        for (int i = offsets.length - 1; i >= 0; i--) {
            String name = LogNames.checkpoint(offsets[i]);
            try (InputStream in = storage.openCheckpoint(name)) {
                Catalog catalog = CheckpointReader.restore(
                        in, databaseId, offsets[i], version -> FormatVersion.requireReadable(version, name), target);
                return new Restored(offsets[i], catalog);
            } catch (CheckpointDamagedException e) {
                damage.add("checkpoint " + name + " cannot be used: " + e.getMessage());
            }
        }
        if (offsets.length > 0) {
            target.restoreCatalog(Catalog.EMPTY);
            target.restoreOffset(0);
        }
        return new Restored(0, Catalog.EMPTY);
    }

    boolean isEmpty() throws IOException {
        return LogNames.checkpointOffsets(storage.checkpoints()).length == 0;
    }

    /** Removes those that are newer than the one restored: they are damaged. */
    void removeAfter(long offset) throws IOException {
        for (long other : LogNames.checkpointOffsets(storage.checkpoints())) {
            if (other > offset) {
                storage.deleteCheckpoint(LogNames.checkpoint(other));
            }
        }
    }

    /** Commits after this offset are needed to recover even if the newest checkpoint is damaged. */
    long recoverableAfter() throws IOException {
        long[] offsets = LogNames.checkpointOffsets(storage.checkpoints());
        return offsets.length < KEPT ? 0 : offsets[offsets.length - KEPT];
    }

    /**
     * Writes a checkpoint and removes those beyond the ones kept.
     *
     * @param durableOffset is asked before the checkpoint becomes visible: it must not run ahead of the log
     */
    void write(Snapshot snapshot, long databaseId, LongSupplier durableOffset) throws IOException {
        if (!isWriting.compareAndSet(false, true)) {
            throw new CodedException(ErrorCode.CHECKPOINT_REFUSED, "another checkpoint is being written")
                    .hint("wait for it to end");
        }
        try {
            String name = LogNames.checkpoint(snapshot.offset());
            if (snapshot.offset() > 0 && !storage.checkpoints().contains(name)) {
                writeNew(snapshot, databaseId, name, durableOffset);
                removeOld();
            }
        } finally {
            isWriting.set(false);
        }
    }

    private void writeNew(Snapshot snapshot, long databaseId, String name, LongSupplier durableOffset)
            throws IOException {
        try (CheckpointOutput out = storage.createCheckpoint(name)) {
            CheckpointWriter.write(snapshot, databaseId, FormatVersion.CURRENT, out);
            if (durableOffset.getAsLong() < snapshot.offset()) {
                throw new CodedException(ErrorCode.CHECKPOINT_REFUSED, "snapshot is ahead of the durable log")
                        .with("offset", snapshot.offset())
                        .with("durable", durableOffset.getAsLong())
                        .hint("take the checkpoint of a snapshot whose commits are durable");
            }
            out.publish();
        }
    }

    private void removeOld() throws IOException {
        List<Long> offsets = new ArrayList<>();
        for (long offset : LogNames.checkpointOffsets(storage.checkpoints())) {
            offsets.add(offset);
        }
        while (offsets.size() > KEPT) {
            storage.deleteCheckpoint(LogNames.checkpoint(offsets.removeFirst()));
        }
    }
}
