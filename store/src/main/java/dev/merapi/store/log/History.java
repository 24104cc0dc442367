package dev.merapi.store.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a log, oldest first. The log's thread adds at the end, whoever made a checkpoint removes at the
 * beginning, readers look: the list is immutable and replaced as a whole.
 */
final class History {
    private final LogStorage storage;
    private final Retention retention;
    private final AtomicReference<List<Segment>> segments;
    private volatile long heldAfter = Long.MAX_VALUE;
    /** Commits after this offset are needed to recover. */
    private volatile long recoverableAfter;

    History(LogStorage storage, Retention retention, List<Segment> segments, long recoverableAfter) {
        this.storage = storage;
        this.retention = retention;
        this.segments = new AtomicReference<>(List.copyOf(segments));
        this.recoverableAfter = storage.isPersistent() ? recoverableAfter : Long.MAX_VALUE;
    }

    void add(Segment segment) {
        segments.updateAndGet(present -> {
            List<Segment> extended = new ArrayList<>(present);
            extended.add(segment);
            return List.copyOf(extended);
        });
    }

    /** The offset after which reading can start at the earliest. */
    long oldestOffset() {
        return segments.get().getFirst().firstOffset() - 1;
    }

    long sizeBytes() {
        long sum = 0;
        for (Segment segment : segments.get()) {
            sum += segment.length();
        }
        return sum;
    }

    /** The size of the segments that hold commits after an offset. */
    long sizeBytesAfter(long offset) {
        long sum = 0;
        for (Segment segment : segments.get()) {
            Segment next = successor(segment);
            if (next == null || next.firstOffset() > offset + 1) {
                sum += segment.length();
            }
        }
        return sum;
    }

    /** The segment in which the commit after this offset is or will be; null if it is gone. */
    @Nullable
    Segment holding(long afterOffset) {
        Segment found = null;
        for (Segment segment : segments.get()) {
            if (segment.firstOffset() > afterOffset + 1) {
                break;
            }
            found = segment;
        }
        return found;
    }

    /** The segment after this one, or null if it is the newest. */
    @Nullable
    Segment successor(Segment segment) {
        for (Segment candidate : segments.get()) {
            if (candidate.firstOffset() > segment.firstOffset()) {
                return candidate;
            }
        }
        return null;
    }

    void holdAfter(long offset) {
        heldAfter = offset;
    }

    void checkpointed(long newRecoverableAfter) {
        if (storage.isPersistent()) {
            recoverableAfter = newRecoverableAfter;
        }
    }

    /**
     * Removes the oldest segments as far as limits ask for it and recovery and holds allow it. Two threads may do this
     * at once. A segment leaves the list only after it is gone, so that one that cannot be deleted is tried again.
     */
    void dropOld() throws IOException {
        Segment oldest = droppable();
        while (oldest != null) {
            storage.deleteSegment(oldest.name());
            Segment gone = oldest;
            segments.updateAndGet(present ->
                    present.stream().filter(segment -> segment != gone).toList());
            oldest = droppable();
        }
    }

    private @Nullable Segment droppable() {
        List<Segment> present = segments.get();
        if (present.size() < 2) {
            return null;
        }
        Segment oldest = present.getFirst();
        boolean isNeeded = present.get(1).firstOffset() - 1 > Math.min(recoverableAfter, heldAfter);
        long age = present.getLast().lastTimestampMicros() - oldest.lastTimestampMicros();
        boolean isTooMuch = sizeBytes() > Math.min(retention.maxBytes(), storage.retentionBytes());
        return !isNeeded && (isTooMuch || age > retention.maxAgeMicros()) ? oldest : null;
    }

    /**
     * Opens a segment for a reader.
     *
     * @return null if it was dropped in the meantime
     */
    @Nullable
    SegmentFile open(Segment segment) throws IOException {
        try {
            return storage.openSegment(segment.name());
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
