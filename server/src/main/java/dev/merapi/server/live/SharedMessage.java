package dev.merapi.server.live;

import dev.merapi.wire.ServerMessage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message for many clients, encoded once: by the first event loop that needs the bytes.
 *
 * <p>All clients of today speak one dialect, so there is one encoding to remember.
 */
public final class SharedMessage {
    private final ServerMessage message;
    private final int sizeBytes;

    // Guarded by this.
    private byte @Nullable [] encoded;

    SharedMessage(ServerMessage message, int sizeBytes) {
        this.message = message;
        this.sizeBytes = sizeBytes;
    }

    /** About how long the encoded message is, for the bookkeeping of outboxes. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** The bytes, which must not be modified. Any thread. */
    public synchronized byte[] encoded(Function<? super ServerMessage, byte[]> encode) {
        byte[] bytes = encoded;
        if (bytes == null) {
            bytes = encode.apply(message);
            encoded = bytes;
        }
        return bytes;
    }
}
