package dev.merapi.store.log;

import dev.merapi.store.log.format.FormatVersion;
import dev.merapi.store.log.format.FrameHeader;
import dev.merapi.store.log.format.FrameScanner;
import dev.merapi.store.log.format.LogNames;
import dev.merapi.store.log.format.SegmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment as recovery finds it, judged by its beginning alone.
 *
 * @param header null if it is damaged
 * @param isBegun whether header and first frame are intact; they are forced before anything else is written
 * @param timestampBefore the timestamp of the last commit before the segment; 0 if it has not begun
 * @param segment what the log will know about it
 */
record StoredSegment(
        String name,
        long firstOffset,
        long length,
        @Nullable SegmentHeader header,
        boolean isBegun,
        long timestampBefore,
        Segment segment) {
    private static final int CHUNK_BYTES = 16 << 10;

    /** All segments of a log, oldest first; the list may be changed. */
    static List<StoredSegment> inspectAll(LogStorage storage) throws IOException {
        long[] offsets = LogNames.segmentOffsets(storage.segments());
        List<StoredSegment> result = new ArrayList<>();
        for (int i = offsets.length - 1; i >= 0; i--) {
            result.addFirst(inspect(storage, offsets[i], result.isEmpty() ? null : result.getFirst()));
        }
        return result;
    }

    private static StoredSegment inspect(LogStorage storage, long firstOffset, @Nullable StoredSegment next)
            throws IOException {
        String name = LogNames.segment(firstOffset);
        try (SegmentFile file = storage.openSegment(name)) {
            long length = file.length();
            byte[] bytes = new byte[SegmentHeader.BYTES];
            boolean isComplete = file.read(0, bytes, 0, bytes.length) == bytes.length;
            SegmentHeader header = isComplete ? SegmentHeader.decode(bytes) : null;
            boolean isBegun = false;
            long timestamp = 0;
            if (header != null) {
                FormatVersion.requireReadable(header.version(), name);
                FrameScanner frames =
                        new FrameScanner(file::read, header.databaseId(), SegmentHeader.BYTES, CHUNK_BYTES);
                isBegun = header.firstOffset() == firstOffset
                        && frames.next(length) == FrameScanner.Found.FRAME
                        && frames.header().kind() == FrameHeader.Kind.STATE;
                timestamp = isBegun ? frames.header().lastTimestampMicros() : 0;
            }
            long lastTimestamp = next == null ? timestamp : next.timestampBefore;
            Segment segment = new Segment(name, firstOffset, length, lastTimestamp);
            return new StoredSegment(name, firstOffset, length, header, isBegun, timestamp, segment);
        }
    }

    /** Whether something was written behind the beginning of the segment. Says what, or null for nothing. */
    @Nullable
    String witnessBehindBeginning(LogStorage storage, long databaseId) throws IOException {
        try (SegmentFile file = storage.openSegment(name)) {
            return witnessBehind(new FrameScanner(file::read, databaseId, SegmentHeader.BYTES, CHUNK_BYTES));
        }
    }

    /**
     * Whether something was written behind the next frame, which proves that the frame was confirmed.
     *
     * @param frames standing at the frame in question
     */
    @Nullable
    String witnessBehind(FrameScanner frames) throws IOException {
        FrameScanner.Found found = frames.again(length);
        boolean isExtentKnown = found == FrameScanner.Found.FRAME || frames.isHeaderIntact();
        if (isExtentKnown && frames.position() + frames.header().frameBytes() < length) {
            return "something was written behind it";
        }
        long later = isExtentKnown ? -1 : frames.findLaterHeader(length, firstOffset);
        return later < 0 ? null : "an intact frame follows at position " + later;
    }
}
