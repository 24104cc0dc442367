package dev.merapi.store.log;

import dev.merapi.api.value.BsatnWriter;
import dev.merapi.store.Catalog;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.checkpoint.CatalogCodec;
import dev.merapi.store.log.format.FormatVersion;
import dev.merapi.store.log.format.FrameHeader;
import dev.merapi.store.log.format.Lineage;
import dev.merapi.store.log.format.LogNames;
import dev.merapi.store.log.format.SegmentHeader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log: one frame is written, then forced, then the next one. Belongs to the log's thread.
 *
 * <p>That order is what recovery builds upon: at most one frame is unconfirmed at any time, and bytes of a frame prove
 * that everything before it was confirmed.
 */
final class SegmentWriter {
    private final LogStorage storage;
    private final long databaseId;
    private final int segmentBytes;
    private final History history;

    private Segment segment;
    private SegmentFile file;
    private long position;
    private boolean hasCommits;
    private Lineage lineage;
    private Catalog catalog;
    private long nextOffset;
    private long lastTimestampMicros;

    SegmentWriter(LogStorage storage, int segmentBytes, History history, LogEnd end) {
        this.storage = storage;
        this.segmentBytes = segmentBytes;
        this.history = history;
        databaseId = end.databaseId();
        segment = end.segment();
        file = end.file();
        position = end.segment().length();
        hasCommits = end.lastOffset() >= end.segment().firstOffset();
        lineage = end.lineage();
        catalog = end.catalog();
        nextOffset = end.lastOffset() + 1;
        lastTimestampMicros = end.lastTimestampMicros();
    }

    /**
     * The end of a log, from which it goes on.
     *
     * @param segment the newest segment; its length is where the next frame goes
     * @param file the same, open
     * @param lineage the epochs so far
     * @param catalog the tables after the last commit
     */
    record LogEnd(
            long databaseId,
            Segment segment,
            SegmentFile file,
            Lineage lineage,
            Catalog catalog,
            long lastOffset,
            long lastTimestampMicros) {}

    /** Creates the first segment of a log, or the first one after a gap that salvage left. */
    static LogEnd create(LogStorage storage, long databaseId, Lineage lineage, Catalog catalog, long firstOffset)
            throws IOException {
        Created created = createSegment(storage, databaseId, lineage, catalog, firstOffset, 0);
        return new LogEnd(databaseId, created.segment, created.file, lineage, catalog, firstOffset - 1, 0);
    }

    Lineage lineage() {
        return lineage;
    }

    long nextOffset() {
        return nextOffset;
    }

    /**
     * Writes a frame, into a new segment if this one is long enough. Readers may see it on return.
     *
     * @return whether a new segment was begun for it
     * @throws StorageFullException if there is no room; everything is then as before
     */
    boolean write(LogGroup.Frame frame) throws IOException {
        boolean rolls = hasCommits && position + frame.sizeBytes() > segmentBytes;
        if (rolls) {
            roll();
        }
        try {
            file.write(position, frame.frameAt(databaseId, position), 0, frame.sizeBytes());
        } catch (StorageFullException e) {
            file.truncate(position);
            throw e;
        }
        segment.note(frame.firstOffset(), position, catalog);
        if (frame.kind() == FrameHeader.Kind.COMMITS) {
            for (SchemaChange change : frame.schemaChanges()) {
                catalog = catalog.with(change);
            }
            nextOffset = frame.lastOffset() + 1;
            lastTimestampMicros = frame.lastTimestampMicros();
            hasCommits = true;
        }
        position += frame.sizeBytes();
        segment.publish(position, lastTimestampMicros);
        return rolls;
    }

    void force() throws IOException {
        file.force();
    }

    /** A control frame that begins a new epoch. */
    LogGroup.Frame epochFrame(long epoch) {
        lineage = lineage.with(epoch, nextOffset);
        LogGroup.Frame frame = new LogGroup.Frame(FrameHeader.Kind.EPOCH, new BsatnWriter(), nextOffset);
        frame.setLastTimestampMicros(lastTimestampMicros);
        lineage.writeTo(frame.frame());
        return frame;
    }

    void close() throws IOException {
        file.close();
    }

    private void roll() throws IOException {
        Created created = createSegment(storage, databaseId, lineage, catalog, nextOffset, lastTimestampMicros);
        file.close();
        file = created.file;
        segment = created.segment;
        position = created.segment.length();
        hasCommits = false;
        history.add(segment);
    }

    private record Created(Segment segment, SegmentFile file) {}

    /** The new segment is forced before it is used: what follows proves that its beginning was there. */
    private static Created createSegment(
            LogStorage storage,
            long databaseId,
            Lineage lineage,
            Catalog catalog,
            long firstOffset,
            long timestampMicros)
            throws IOException {
        String name = LogNames.segment(firstOffset);
        SegmentFile file = storage.createSegment(name);
        try {
            byte[] header =
                    new SegmentHeader(FormatVersion.CURRENT, databaseId, lineage.current(), firstOffset).encode();
            LogGroup.Frame state = new LogGroup.Frame(FrameHeader.Kind.STATE, new BsatnWriter(), firstOffset);
            state.setLastTimestampMicros(timestampMicros);
            lineage.writeTo(state.frame());
            CatalogCodec.write(state.frame(), catalog);
            file.write(0, header, 0, header.length);
            file.write(header.length, state.frameAt(databaseId, header.length), 0, state.sizeBytes());
            file.force();
            long length = header.length + (long) state.sizeBytes();
            return new Created(new Segment(name, firstOffset, length, timestampMicros), file);
        } catch (StorageFullException e) {
            discard(storage, name, file, e);
            throw e;
        } catch (IOException e) {
            closeAfter(file, e);
            throw e;
        }
    }

    private static void discard(LogStorage storage, String name, SegmentFile file, IOException reason)
            throws IOException {
        closeAfter(file, reason);
        storage.deleteSegment(name);
    }

    private static void closeAfter(@Nullable SegmentFile file, IOException reason) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
