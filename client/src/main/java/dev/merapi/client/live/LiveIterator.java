package dev.merapi.client.live;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * Takes the items of a live query by waiting for them. Used by one thread at a time.
 *
 * @param <T> lists of rows, or events
 */
public interface LiveIterator<T> extends Iterator<T> {
    /**
     * Waits until there is a next item (true) or the live query was closed (false). Announces the checkpoint of the
     * item taken before.
     *
     * @throws dev.merapi.api.error.CodedException the error that ended the live query; REQUEST_INTERRUPTED when the
     *     thread was interrupted while waiting, with its interrupt flag set again
     */
    @Override
    boolean hasNext();

    @Override
    T next();

    /**
     * Like {@link #next}, but waits no longer than this, and is empty when the time is over or the query was closed.
     */
    Optional<T> poll(Duration timeout);
}
