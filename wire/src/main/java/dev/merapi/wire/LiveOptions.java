package dev.merapi.wire;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a live query wants to begin.
 *
 * @param batchSize rows per {@link ServerMessage.Batch}, 1 or more; 0 leaves it to the server. The server may send
 *     fewer rows per batch, never more
 * @param lastRows only the newest so many rows of the result, 1 or more
 * @param from the position the client has seen everything up to: asks for the net difference instead of all rows
 */
public record LiveOptions(
        int batchSize, OptionalInt lastRows, @Nullable Position from) {
    public static final LiveOptions DEFAULT = new LiveOptions(0, OptionalInt.empty(), null);
}
