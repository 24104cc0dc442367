package dev.merapi.store.log;

import dev.merapi.api.value.BsatnWriter;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.log.format.FrameHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * Commits that are written together, already encoded. The writer's thread makes it, the log's thread owns it from then
 * on. Almost always one frame; more only when a batch of commits is very large.
 */
public final class LogGroup {
    private final List<Frame> frames;

    LogGroup(List<Frame> frames) {
        this.frames = List.copyOf(frames);
    }

    /** The offset of the first commit. */
    public long firstOffset() {
        return frames.getFirst().firstOffset();
    }

    /** The offset of the last commit. */
    public long lastOffset() {
        return frames.getLast().lastOffset();
    }

    /** The number of commits. */
    public int size() {
        return (int) (lastOffset() - firstOffset() + 1);
    }

    /** The length in the log in bytes. */
    public long sizeBytes() {
        long sum = 0;
        for (Frame frame : frames) {
            sum += frame.sizeBytes();
        }
        return sum;
    }

    List<Frame> frames() {
        return frames;
    }

    /**
     * One frame on its way into the log: the encoded commits of a group, or a control frame without any. The header is
     * written when its place is known.
     */
    static final class Frame {
        private final BsatnWriter frame;
        private final List<SchemaChange> schemaChanges = new ArrayList<>(0);
        private final FrameHeader.Kind kind;
        private final long firstOffset;
        private int count;
        private long lastTimestampMicros;

        Frame(FrameHeader.Kind kind, BsatnWriter frame, long firstOffset) {
            this.kind = kind;
            this.frame = frame;
            this.firstOffset = firstOffset;
            frame.reset();
            // Room for the header, which is known last.
            frame.putLong(0).putLong(0).putLong(0).putLong(0).putInt(0);
            assert frame.size() == FrameHeader.BYTES;
        }

        /** The offset of the first commit. */
        long firstOffset() {
            return firstOffset;
        }

        /** The offset of the last commit. */
        long lastOffset() {
            return firstOffset + count - 1;
        }

        /** The number of commits. */
        int size() {
            return count;
        }

        /** The length in the log in bytes. */
        int sizeBytes() {
            return frame.size();
        }

        FrameHeader.Kind kind() {
            return kind;
        }

        BsatnWriter frame() {
            return frame;
        }

        List<SchemaChange> schemaChanges() {
            return schemaChanges;
        }

        long lastTimestampMicros() {
            return lastTimestampMicros;
        }

        void setLastTimestampMicros(long timestampMicros) {
            lastTimestampMicros = timestampMicros;
        }

        /** Counts a commit that was just encoded into the frame. */
        void added(long timestampMicros) {
            count++;
            lastTimestampMicros = timestampMicros;
        }

        /** Completes the frame for its place in a segment; may be done again for another place. */
        byte[] frameAt(long databaseId, long position) {
            byte[] bytes = frame.array();
            int payloadLength = frame.size() - FrameHeader.BYTES;
            FrameHeader fields = new FrameHeader(
                    payloadLength, firstOffset, count, 0, lastTimestampMicros, kind, !schemaChanges.isEmpty());
            FrameHeader.writeInFront(bytes, fields, databaseId, position);
            return bytes;
        }
    }
}
