package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.live.LiveIterator;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes from a feed by waiting. Used by one thread at a time; checkpoints are announced on that thread. */
final class FeedIterator<T> implements LiveIterator<T> {
    private final LiveHandle<T> handle;
    private @Nullable Delivery<T> ready;
    private @Nullable Delivery<T> handedOut;

    FeedIterator(LiveHandle<T> handle) {
        this.handle = handle;
    }

    @Override
    public boolean hasNext() {
        return fetch(Long.MAX_VALUE) != null;
    }

    @Override
    public T next() {
        T item = fetch(Long.MAX_VALUE);
        if (item == null) {
            throw new NoSuchElementException("the live query was closed");
        }
        handOut();
        return item;
    }

    @Override
    public Optional<T> poll(Duration timeout) {
        T item = fetch(timeout.toNanos());
        if (item != null) {
            handOut();
        }
        return Optional.ofNullable(item);
    }

    private void handOut() {
        handedOut = ready;
        ready = null;
    }

    /** The next item, left in {@link #ready}; null when the time is over or the query was closed. */
    private @Nullable T fetch(long nanos) {
        finishLast();
        long deadline = nanos == Long.MAX_VALUE ? Long.MAX_VALUE : handle.nanoTime() + nanos;
        while (true) {
            if (ready != null) {
                return ready.item();
            }
            Delivery<T> delivery = await(deadline == Long.MAX_VALUE ? nanos : deadline - handle.nanoTime());
            if (delivery == null) {
                Feed.End end = handle.feed().end();
                // Looking once more: something may have come after the time was over and before the end.
                delivery = handle.feed().poll();
                if (delivery == null) {
                    throwIfFailed(end);
                    return null;
                }
            }
            handle.taken(delivery);
            if (delivery.item() == null) {
                handle.processed(delivery);
            } else {
                ready = delivery;
            }
        }
    }

    private static void throwIfFailed(Feed.End end) {
        if (end instanceof Feed.End.Failed(CodedException error)) {
            throw error;
        }
    }

    private void finishLast() {
        Delivery<T> last = handedOut;
        if (last != null) {
            handedOut = null;
            handle.processed(last);
        }
    }

    private @Nullable Delivery<T> await(long nanos) {
        try {
            return handle.feed().take(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.REQUEST_INTERRUPTED, "waiting for a live query was interrupted")
                    .with("live", handle.subscriptionId())
                    .causedBy(e);
        }
    }
}
