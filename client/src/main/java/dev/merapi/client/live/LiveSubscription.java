package dev.merapi.client.live;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A live query and what it gives. It runs from its creation until {@link #close}, or until the server ends it with an
 * error; a lost connection only interrupts it, it is resumed without gap or duplicate.
 *
 * <p>One consumer takes the items, in one of three ways: a callback given at the creation, a blocking {@link
 * #iterator}, or as {@link java.util.concurrent.Flow.Publisher}. A second consumer is refused with LIVE_CONSUMED_TWICE:
 * open another live query, the server shares the result. {@link #first} does not count as consumer.
 *
 * <p>Checkpoints are announced after the application has processed an item: after the callback or {@code onNext}
 * returned, or when the iterator is asked for the next item.
 *
 * <p>All methods may be called by any thread.
 *
 * @param <T> what it gives: lists of rows, or events
 */
public interface LiveSubscription<T> extends Iterable<T>, Flow.Publisher<T>, AutoCloseable {
    /** Names this live query within its client, for logs; appears in checkpoints and errors. */
    String subscriptionId();

    /**
     * The first item, without consuming it. Fails with the error when the live query ends before, and with
     * CLIENT_CLOSED when it is closed before. Completed on the callback thread.
     */
    CompletionStage<T> first();

    /**
     * Takes the items by waiting for them.
     *
     * @throws dev.merapi.api.error.CodedException LIVE_CONSUMED_TWICE when somebody takes them already
     */
    @Override
    LiveIterator<T> iterator();

    /**
     * Takes the items as they are asked for, on the callback thread; see {@link java.util.concurrent.Flow}. A second
     * subscriber gets {@code onError} with LIVE_CONSUMED_TWICE. {@code cancel()} closes the live query.
     */
    @Override
    void subscribe(Flow.Subscriber<? super T> subscriber);

    /**
     * Asks for the next batch of the initial rows; only needed with {@code autoFetchBatches(false)}. Calls that come
     * too early are remembered; superfluous ones do nothing.
     */
    void fetchNextBatch();

    /** Up to where the application has processed everything; empty at the beginning. */
    Optional<Checkpoint> checkpoint();

    /**
     * Completed on the callback thread when the live query is over and everything was handed out: normally after
     * {@link #close}, else with the error.
     */
    CompletionStage<@Nullable Void> completion();

    /** Ends the live query. What waits to be taken is dropped. Does not wait; calling it again does nothing. */
    @Override
    void close();
}
