package dev.merapi.store.log;

import java.io.IOException;

/**
 * An open segment: bytes at positions, nothing more. One handle is used by one thread; several handles to one segment
 * may be open, and bytes written through one are visible to the others once the writer has published their extent by
 * its own means (the log does so with a volatile length).
 */
public interface SegmentFile extends AutoCloseable {
    /** The present length in bytes. */
    long length() throws IOException;

    /**
     * Reads up to {@code length} bytes; fewer only at the end of the segment.
     *
     * @return the number of bytes read, 0 at or past the end
     */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /**
     * Writes all bytes, growing the segment where needed. Positions are never skipped: {@code position} is at most the
     * present length.
     *
     * @throws StorageFullException if there is no room; a part of the bytes may have been written
     */
    void write(long position, byte[] source, int offset, int length) throws IOException;

    /** Returns once everything written or truncated through any handle survives a loss of power. */
    void force() throws IOException;

    /** Cuts the segment to a length that is not above the present one. */
    void truncate(long length) throws IOException;

    @Override
    void close() throws IOException;
}
