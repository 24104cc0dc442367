package dev.merapi.store.log;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.RecoveryTarget;
import dev.merapi.store.checkpoint.CatalogCodec;
import dev.merapi.store.log.format.CommitCodec;
import dev.merapi.store.log.format.FrameHeader;
import dev.merapi.store.log.format.FrameScanner;
import dev.merapi.store.log.format.Lineage;
import dev.merapi.store.log.format.SegmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the segments from a checkpoint to the end of the log and applies their commits, up to the first thing that is
 * not as it should be.
 */
final class Replay {
    private static final int CHUNK_BYTES = 1 << 20;

    /**
     * The first thing that is not as it should be.
     *
     * @param segment its place in the list of segments
     * @param position where in the segment
     * @param expectedOffset the commit that should have come next
     * @param what in words
     * @param witness why it cannot be the torn end of the log, or null if it may be
     */
    record Damage(
            int segment,
            long position,
            long expectedOffset,
            String what,
            @Nullable String witness) {}

    private final LogStorage storage;
    private final long databaseId;
    private final long base;
    private final List<StoredSegment> stored;
    private final RecoveryTarget target;
    /** The commits of one frame. */
    private final List<Commit> commits = new ArrayList<>();

    // How far it has come.
    private int index;
    private Segment segment;
    private long position;
    /** Where what was written last begins; written again by recovery. */
    private long lastFrame;

    private long nextOffset;
    private long lastTimestampMicros;
    private long applied;
    private @Nullable Lineage lineage;
    private Catalog catalog = Catalog.EMPTY;

    /**
     * @param base the offset of the checkpoint that is already in the target
     * @param stored at least one segment
     */
    Replay(LogStorage storage, long databaseId, long base, List<StoredSegment> stored, RecoveryTarget target) {
        this.storage = storage;
        this.databaseId = databaseId;
        this.base = base;
        this.stored = stored;
        this.target = target;
        this.segment = stored.getFirst().segment();
    }

    /** Applies what can be applied; null if everything up to the end is in order. */
    @Nullable
    Damage run() throws IOException {
        int start = -1;
        while (start + 1 < stored.size() && stored.get(start + 1).firstOffset() <= base + 1) {
            start++;
        }
        nextOffset = base + 1;
        if (start < 0) {
            return damage("the commits before the oldest segment are missing", "the log begins later");
        }
        nextOffset = stored.get(start).firstOffset();
        for (index = start; index < stored.size(); index++) {
            StoredSegment next = stored.get(index);
            position = 0;
            if (next.firstOffset() != nextOffset) {
                return damage("commits are missing before this segment", "a later segment exists");
            }
            segment = next.segment();
            try (SegmentFile file = storage.openSegment(next.name())) {
                Damage found = replay(next, file);
                if (found != null) {
                    return found;
                }
            }
        }
        index = stored.size() - 1;
        return null;
    }

    private @Nullable Damage replay(StoredSegment next, SegmentFile file) throws IOException {
        FrameScanner frames = new FrameScanner(
                file::read, databaseId, SegmentHeader.BYTES, (int) Math.min(CHUNK_BYTES, next.length()));
        if (!next.isBegun()) {
            return damage("the beginning of the segment is damaged", witnessBehind(frames, next));
        }
        lastFrame = 0;
        while (true) {
            position = frames.nextPosition();
            switch (frames.next(next.length())) {
                case END -> {
                    return null;
                }
                case DAMAGE -> {
                    return damage("a frame is damaged", witnessBehind(frames, next));
                }
                case FRAME -> {
                    Damage found = replay(frames);
                    if (found != null) {
                        return found;
                    }
                    // Header and first frame are written together.
                    lastFrame = position == SegmentHeader.BYTES ? 0 : position;
                }
            }
        }
    }

    private @Nullable String witnessBehind(FrameScanner frames, StoredSegment damaged) throws IOException {
        return index + 1 < stored.size() ? "a later segment exists" : damaged.witnessBehind(frames);
    }

    private @Nullable Damage replay(FrameScanner frames) {
        FrameHeader header = frames.header();
        if (header.firstOffset() != nextOffset) {
            return damage("a frame is out of order", "its checksum is right");
        }
        Catalog before = catalog;
        try {
            decode(frames, header);
        } catch (CodedException e) {
            return damage("a frame cannot be decoded: " + e.getMessage(), "its checksum is right");
        }
        segment.note(header.firstOffset(), position, before);
        for (Commit commit : commits) {
            target.apply(commit);
        }
        applied += commits.size();
        commits.clear();
        lastTimestampMicros = header.lastTimestampMicros();
        nextOffset = header.lastOffset() + 1;
        segment.publish(frames.nextPosition(), lastTimestampMicros);
        return null;
    }

    /** All of a frame before any of it is applied: a commit is whole or absent, and so is a group. */
    private void decode(FrameScanner frames, FrameHeader header) {
        switch (header.kind()) {
            case COMMITS -> {
                if (header.lastOffset() <= base && !header.changesSchema()) {
                    return;
                }
                CommitCodec.Decoder decoder = new CommitCodec.Decoder(
                        frames.buffer(), frames.payloadAt(), header.payloadLength(), catalog, header.firstOffset());
                for (int i = 0; i < header.count(); i++) {
                    Commit commit = decoder.next();
                    if (commit.offset() > base) {
                        commits.add(commit);
                    }
                }
                decoder.expectEnd();
                catalog = decoder.catalog();
            }
            case STATE -> {
                BsatnReader in = new BsatnReader(frames.buffer(), frames.payloadAt(), header.payloadLength());
                lineage = Lineage.readFrom(in);
                catalog = CatalogCodec.read(in);
            }
            case EPOCH ->
                lineage =
                        Lineage.readFrom(new BsatnReader(frames.buffer(), frames.payloadAt(), header.payloadLength()));
            case NONE -> throw new IllegalStateException("a header is never of this kind");
        }
    }

    /** Damage at the present place. */
    Damage damage(String what, @Nullable String witness) {
        return new Damage(index, position, nextOffset, what, witness);
    }

    /** The segment reached, of which everything before {@link #position} is in order. */
    Segment segment() {
        return segment;
    }

    int index() {
        return index;
    }

    long position() {
        return position;
    }

    long lastFrame() {
        return lastFrame;
    }

    long lastOffset() {
        return nextOffset - 1;
    }

    long lastTimestampMicros() {
        return lastTimestampMicros;
    }

    /** The number of commits applied. */
    long applied() {
        return applied;
    }

    /** The epochs; known once a segment has begun to be replayed. */
    Lineage lineage() {
        Lineage known = lineage;
        if (known == null) {
            throw new IllegalStateException("no segment was replayed");
        }
        return known;
    }

    Catalog catalog() {
        return catalog;
    }
}
