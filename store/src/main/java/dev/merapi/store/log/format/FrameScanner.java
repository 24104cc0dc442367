package dev.merapi.store.log.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frames of one segment through a buffer. It judges only what a frame shows by itself; what damage means is
 * for the caller to decide.
 *
 * <p>Not thread-safe.
 */
public final class FrameScanner {
    /** What {@link #next} found. */
    public enum Found {
        /** An intact frame: see {@link #header}, {@link #buffer}, {@link #payloadAt}. */
        FRAME,
        /** The limit, exactly behind a frame. */
        END,
        /** Something else: see {@link #position} and {@link #isHeaderIntact}. */
        DAMAGE
    }

    private final ByteSource file;
    private final long databaseId;
    private final int chunkBytes;

    private byte[] buffer;
    /** The position in the file of the first byte in the buffer. */
    private long bufferStart;

    private int bufferLength;

    private long framePosition;
    private long nextPosition;
    private @Nullable FrameHeader header;

    /**
     * @param position where the first frame stands
     * @param chunkBytes how much to read ahead at a time
     */
    public FrameScanner(ByteSource file, long databaseId, long position, int chunkBytes) {
        this.file = file;
        this.databaseId = databaseId;
        this.chunkBytes = chunkBytes;
        this.buffer = new byte[chunkBytes];
        this.bufferStart = position;
        this.framePosition = position;
        this.nextPosition = position;
    }

    /**
     * Moves to the next frame.
     *
     * @param limit where the segment ends for this caller; never less than in an earlier call
     */
    public Found next(long limit) throws IOException {
        framePosition = nextPosition;
        header = null;
        if (framePosition == limit) {
            return Found.END;
        }
        if (limit - framePosition < FrameHeader.BYTES || !fill(FrameHeader.BYTES, limit)) {
            return Found.DAMAGE;
        }
        FrameHeader read = FrameHeader.read(buffer, (int) (framePosition - bufferStart), databaseId, framePosition);
        header = read;
        if (read == null
                || limit - framePosition < read.frameBytes()
                || !fill((int) read.frameBytes(), limit)
                || !read.matchesPayload(buffer, payloadAt())) {
            return Found.DAMAGE;
        }
        nextPosition = framePosition + read.frameBytes();
        return Found.FRAME;
    }

    /** Looks once more at the frame or damage found last, or for the first time at the first frame. */
    public Found again(long limit) throws IOException {
        nextPosition = framePosition;
        return next(limit);
    }

    /** The header of the frame found last. */
    public FrameHeader header() {
        FrameHeader found = header;
        if (found == null) {
            throw new IllegalStateException("no frame");
        }
        return found;
    }

    /** Whether the damage found last has an intact header in front, so that {@link #header} tells what stood there. */
    public boolean isHeaderIntact() {
        return header != null;
    }

    /** Where the frame or the damage found last begins. */
    public long position() {
        return framePosition;
    }

    /** Where the next frame is expected. */
    public long nextPosition() {
        return nextPosition;
    }

    /** The buffer that holds the payload of the frame found last; valid until {@link #next}. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where in the {@link #buffer} the payload begins. */
    public int payloadAt() {
        return (int) (framePosition - bufferStart) + FrameHeader.BYTES;
    }

    /**
     * The position of the first intact frame header behind the damage found last, or -1. Payloads are not looked at: a
     * header alone proves that a later group was written.
     *
     * @param minOffset headers of earlier offsets do not count
     */
    public long findLaterHeader(long limit, long minOffset) throws IOException {
        long position = framePosition + 1;
        while (limit - position >= FrameHeader.BYTES) {
            framePosition = position;
            int wanted = (int) Math.min(chunkBytes, limit - position);
            if (!fill(wanted, limit)) {
                return -1;
            }
            int at = (int) (position - bufferStart);
            int last = at + wanted - FrameHeader.BYTES;
            for (int i = at; i <= last; i++) {
                FrameHeader found = FrameHeader.read(buffer, i, databaseId, bufferStart + i);
                if (found != null && found.firstOffset() >= minOffset) {
                    return bufferStart + i;
                }
            }
            position = bufferStart + last + 1;
        }
        return -1;
    }

    /** Brings that many bytes from the present frame position on into the buffer; false if the file has fewer. */
    private boolean fill(int needed, long limit) throws IOException {
        long have = bufferStart + bufferLength - framePosition;
        if (have >= needed) {
            return true;
        }
        int keep = (int) Math.max(0, have);
        byte[] target = needed > buffer.length ? new byte[needed] : buffer;
        if (keep > 0) {
            System.arraycopy(buffer, (int) (framePosition - bufferStart), target, 0, keep);
        }
        buffer = target;
        bufferStart = framePosition;
        int wanted = (int) Math.min(buffer.length, limit - framePosition) - keep;
        bufferLength = keep + file.read(framePosition + keep, buffer, keep, wanted);
        return bufferLength >= needed;
    }
}
