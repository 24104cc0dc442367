package dev.merapi.client.internal.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts a message together from the parts in which it arrives. The JDK hands out what one read from the socket brought,
 * so even a message sent in one piece comes in parts. Not thread-safe.
 */
final class MessageAssembler {
    /** A buffer that has served messages up to this length serves the next one, too. */
    private static final int MAX_KEPT_BYTES = 1 << 20;

    private final int maxBytes;
    private byte[] collected = new byte[0];
    private int size;

    MessageAssembler(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Thrown when a message is longer than allowed. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1L;

        TooLong(long bytes, int maxBytes) {
            super("message of at least " + bytes + " bytes, limit " + maxBytes);
        }
    }

    /** Adds a part; gives the whole message when it was the last one. The buffer is drained. */
    byte @Nullable [] add(ByteBuffer part, boolean last) throws TooLong {
        int length = part.remaining();
        if ((long) size + length > maxBytes) {
            throw new TooLong((long) size + length, maxBytes);
        }
        if (last && size == 0) {
            byte[] whole = new byte[length];
            part.get(whole);
            return whole;
        }
        reserve(size + length);
        part.get(collected, size, length);
        size += length;
        if (!last) {
            return null;
        }
        byte[] whole = Arrays.copyOf(collected, size);
        if (collected.length > MAX_KEPT_BYTES) {
            collected = new byte[0];
        }
        size = 0;
        return whole;
    }

    private void reserve(int needed) {
        if (needed > collected.length) {
            long grown = Math.min(maxBytes, Math.max(needed, collected.length * 2L));
            collected = Arrays.copyOf(collected, (int) grown);
        }
    }
}
