package dev.merapi.store.log;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.checkpoint.CatalogCodec;
import dev.merapi.store.log.format.CommitCodec;
import dev.merapi.store.log.format.FrameHeader;
import dev.merapi.store.log.format.FrameScanner;
import dev.merapi.store.log.format.Lineage;
import dev.merapi.store.log.format.SegmentHeader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads commits in order while the log goes on being written. Belongs to one thread, which it may block on reading
 * files; must be closed.
 */
public final class CommitReader implements AutoCloseable {
    /** Enough for a short resume in one read, and for a long one not to be slow. */
    private static final int CHUNK_BYTES = 256 << 10;

    private final History history;
    private final long databaseId;
    private long offset;

    private Segment segment;
    private @Nullable SegmentFile file;
    private @Nullable FrameScanner scanner;
    private Catalog catalog = Catalog.EMPTY;
    private CommitCodec.@Nullable Decoder decoder;
    /** The offset of the last commit before the frame that comes next. */
    private long scannedOffset;

    CommitReader(History history, long databaseId, Segment segment, long afterOffset) {
        this.history = history;
        this.databaseId = databaseId;
        this.segment = segment;
        this.offset = afterOffset;
    }

    /** The offset of the last commit returned; before the first one, the offset it was opened at. */
    public long offset() {
        return offset;
    }

    /**
     * The next commit, or null if no more has been written so far; asking again later may find more.
     *
     * @throws CodedException HISTORY_TRUNCATED if the reader was so slow that retention has removed what comes next;
     *     LOG_CORRUPT if the log is damaged here; STORAGE_FAILED if it cannot be read
     */
    public @Nullable Commit next() {
        try {
            while (true) {
                CommitCodec.Decoder commits = decoder;
                if (commits != null && commits.hasNext()) {
                    Commit commit = commits.next();
                    if (commit.offset() > offset) {
                        offset = commit.offset();
                        return commit;
                    }
                } else if (!nextFrame()) {
                    return null;
                }
            }
        } catch (IOException e) {
            throw LogErrors.storageFailed("log cannot be read", segment.name(), e);
        } catch (CodedException e) {
            throw e.code() == ErrorCode.MALFORMED_BSATN || e.code() == ErrorCode.UNKNOWN_TABLE
                    ? corrupt("a group cannot be decoded").causedBy(e)
                    : e;
        }
    }

    private boolean nextFrame() throws IOException {
        CommitCodec.Decoder finished = decoder;
        if (finished != null) {
            catalog = finished.catalog();
            decoder = null;
        }
        FrameScanner frames = scanner == null ? open() : scanner;
        while (true) {
            // Asked before the length: if there is a later segment, this one grows no more.
            Segment successor = history.successor(segment);
            switch (frames.next(segment.length())) {
                case FRAME -> {
                    if (startFrame(frames)) {
                        return true;
                    }
                }
                case DAMAGE -> throw corrupt("a frame is damaged");
                case END -> {
                    if (successor == null) {
                        return false;
                    }
                    requireFollowing(successor);
                    close();
                    segment = successor;
                    frames = open();
                }
            }
        }
    }

    private void requireFollowing(Segment successor) {
        long oldest = history.oldestOffset();
        if (oldest > scannedOffset) {
            throw LogErrors.historyTruncated(offset, oldest);
        }
        if (successor.firstOffset() != scannedOffset + 1) {
            throw corrupt("commits are missing between two segments");
        }
    }

    /** Whether the frame holds commits that matter. */
    private boolean startFrame(FrameScanner frames) {
        FrameHeader header = frames.header();
        if (header.firstOffset() != scannedOffset + 1) {
            throw corrupt("a frame is out of order");
        }
        return switch (header.kind()) {
            case COMMITS -> {
                scannedOffset = header.lastOffset();
                boolean matters = header.lastOffset() > offset || header.changesSchema();
                decoder = matters
                        ? new CommitCodec.Decoder(
                                frames.buffer(),
                                frames.payloadAt(),
                                header.payloadLength(),
                                catalog,
                                header.firstOffset())
                        : null;
                yield matters;
            }
            case STATE -> {
                BsatnReader state = new BsatnReader(frames.buffer(), frames.payloadAt(), header.payloadLength());
                Lineage.readFrom(state);
                catalog = CatalogCodec.read(state);
                yield false;
            }
            case EPOCH, NONE -> false;
        };
    }

    private FrameScanner open() throws IOException {
        SegmentFile opened = history.open(segment);
        if (opened == null) {
            throw LogErrors.historyTruncated(offset, history.oldestOffset());
        }
        file = opened;
        Segment.Place place = segment.placeBefore(offset + 1);
        long position = SegmentHeader.BYTES;
        scannedOffset = segment.firstOffset() - 1;
        if (place != null) {
            position = place.position();
            scannedOffset = place.firstOffset() - 1;
            catalog = place.catalog();
        }
        FrameScanner opening = new FrameScanner(opened::read, databaseId, position, CHUNK_BYTES);
        scanner = opening;
        return opening;
    }

    private CodedException corrupt(String what) {
        FrameScanner frames = scanner;
        return LogErrors.corrupt(segment.name(), frames == null ? 0 : frames.position(), what)
                .hint("history before the newest checkpoint is only needed by clients that resume: they have to start"
                        + " anew");
    }

    @Override
    public void close() {
        SegmentFile open = file;
        file = null;
        scanner = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw LogErrors.storageFailed("log cannot be closed", segment.name(), e);
            }
        }
    }
}
