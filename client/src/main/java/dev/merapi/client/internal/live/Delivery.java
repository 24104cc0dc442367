package dev.merapi.client.internal.live;

import dev.merapi.client.live.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * Something for the application.
 *
 * @param item null when only the checkpoint has moved
 * @param checkpoint where the application is when it has processed the item; null when that is nowhere new
 * @param awaited whether the conversation with the server waits for this to be taken
 */
record Delivery<T>(@Nullable T item, @Nullable Checkpoint checkpoint, boolean awaited) {
    Delivery(@Nullable T item, @Nullable Checkpoint checkpoint) {
        this(item, checkpoint, false);
    }

    Delivery<T> whichIsAwaited() {
        return new Delivery<>(item, checkpoint, true);
    }
}
