package dev.merapi.store.log.format;

import java.io.IOException;

/** Bytes at positions, to be read. */
@FunctionalInterface
public interface ByteSource {
    /**
     * Reads up to {@code length} bytes; fewer only at the end.
     *
     * @return the number of bytes read, 0 at or past the end
     */
    int read(long position, byte[] target, int offset, int length) throws IOException;
}
