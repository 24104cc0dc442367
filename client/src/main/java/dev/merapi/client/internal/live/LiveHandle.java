package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.live.Checkpoint;
import dev.merapi.client.live.LiveError;
import dev.merapi.client.live.LiveIterator;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveReset;
import dev.merapi.client.live.LiveSubscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The application's side of a live query: takes from the feed and gives to the one consumer, announces checkpoints,
 * tells listeners.
 *
 * <p>Whatever runs the application's code runs inside of {@link #drain}, which one thread at a time executes on the
 * callback executor; an iterator's owner runs its own.
 */
public abstract class LiveHandle<T> implements LiveSubscription<T> {
    private static final Logger LOG = System.getLogger(LiveHandle.class.getName());

    private final LiveQuery query;
    private final Feed<T> feed;
    private final LiveOptions options;
    private final LiveControl control;
    private final CompletableFuture<T> first = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> completion = new CompletableFuture<>();
    private final Consumption<T> nobody = new Consumption.None<>();
    private final AtomicReference<Consumption<T>> consumption = new AtomicReference<>(nobody);
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile @Nullable Checkpoint processed;

    /** Who takes the items. */
    sealed interface Consumption<T> {
        record None<T>() implements Consumption<T> {}

        record Iterating<T>() implements Consumption<T> {}

        record Pushing<T>(PushConsumer<T> consumer) implements Consumption<T> {}
    }

    LiveHandle(LiveQuery query, Feed<T> feed, LiveOptions options, LiveControl control) {
        this.query = query;
        this.feed = feed;
        this.options = options;
        this.control = control;
    }

    /** The conversation behind this handle; the client attaches it to its connection. */
    public final LiveQuery query() {
        return query;
    }

    /** Something is new in the feed. Called by any thread, without locks; does not run the application's code. */
    public final void wake() {
        if (wakes.getAndIncrement() == 0) {
            execute();
        }
    }

    private void execute() {
        try {
            control.callbacks().execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, () -> "callback executor is closed: " + e);
        }
    }

    private void drain() {
        int seen = wakes.get();
        while (true) {
            tellNotices();
            completeFirst();
            boolean more = consumption.get() instanceof Consumption.Pushing<T> pushing
                    && pushing.consumer().push();
            finishIfOver();
            if (more) {
                // Others want the callback thread too: go to the end of its queue.
                execute();
                return;
            }
            seen = wakes.addAndGet(-seen);
            if (seen == 0) {
                return;
            }
        }
    }

    private void tellNotices() {
        for (Feed.Notice notice = feed.pollNotice(); notice != null; notice = feed.pollNotice()) {
            switch (notice) {
                case Feed.Notice.Trouble(CodedException error) -> tellError(error, false);
                case Feed.Notice.Reset(String reason) -> {
                    var listener = options.onReset();
                    if (listener != null) {
                        guarded(() -> listener.accept(new LiveReset(query.name(), reason)));
                    }
                }
            }
        }
    }

    final void tellError(CodedException error, boolean fatal) {
        var listener = options.onError();
        if (listener != null) {
            LiveError told = new LiveError(query.name(), error, fatal);
            try {
                listener.accept(told);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "onError of live query " + query.name() + " failed", e);
            }
        } else if (!fatal
                || (consumption.get() instanceof Consumption.Pushing<T> p
                        && p.consumer().swallowsErrors())) {
            LOG.log(Level.WARNING, "live query " + query.name() + ": " + error);
        }
    }

    private void completeFirst() {
        if (!first.isDone()) {
            T item = feed.first();
            if (item != null) {
                first.complete(item);
            }
        }
    }

    private void finishIfOver() {
        if (completion.isDone()) {
            return;
        }
        Feed.End end = feed.end();
        boolean handedOut = !(consumption.get() instanceof Consumption.Pushing<T> pushing)
                || pushing.consumer().isDone();
        switch (end) {
            case Feed.End.NotYet notYet -> {}
            case Feed.End.Closed closed -> {
                first.completeExceptionally(new CodedException(ErrorCode.CLIENT_CLOSED, "the live query was closed")
                        .with("live", query.name()));
                completion.complete(null);
            }
            case Feed.End.Failed(CodedException error) -> {
                if (handedOut) {
                    first.completeExceptionally(error);
                    tellError(error, true);
                    completion.completeExceptionally(error);
                }
            }
        }
    }

    /** The application has processed a delivery. */
    final void processed(Delivery<T> delivery) {
        Checkpoint checkpoint = delivery.checkpoint();
        if (checkpoint != null) {
            processed = checkpoint;
            var listener = options.onCheckpoint();
            if (listener != null) {
                guarded(() -> listener.accept(checkpoint));
            }
        }
    }

    /** A delivery was taken out of the feed. */
    final void taken(Delivery<T> delivery) {
        if (delivery.awaited()) {
            control.with(query, LiveQuery::consumed);
        }
    }

    /** Runs a listener of the application, which may fail without harm to anything else. */
    final boolean guarded(Runnable call) {
        try {
            call.run();
            return true;
        } catch (RuntimeException e) {
            tellError(
                    new CodedException(ErrorCode.LISTENER_FAILED, "a listener of the application failed")
                            .with("live", query.name())
                            .with("failure", e)
                            .causedBy(e),
                    false);
            return false;
        }
    }

    final long nanoTime() {
        return control.nanoTime();
    }

    final Feed<T> feed() {
        return feed;
    }

    @Override
    public final String subscriptionId() {
        return query.name();
    }

    @Override
    public final CompletionStage<T> first() {
        return first.minimalCompletionStage();
    }

    @Override
    public final LiveIterator<T> iterator() {
        consume(new Consumption.Iterating<>());
        return new FeedIterator<>(this);
    }

    @Override
    public final void subscribe(Flow.Subscriber<? super T> subscriber) {
        PushConsumer<T> consumer = new PushConsumer<>(this, subscriber);
        try {
            consume(new Consumption.Pushing<>(consumer));
        } catch (CodedException e) {
            consumer.refuse(e);
            return;
        }
        consumer.begin();
        wake();
    }

    /** Gives every item to a callback as it comes. */
    public final void forEachItem(Consumer<? super T> callback) {
        PushConsumer<T> consumer = new PushConsumer<>(this, callback);
        consume(new Consumption.Pushing<>(consumer));
        wake();
    }

    private void consume(Consumption<T> consumer) {
        if (!consumption.compareAndSet(nobody, consumer)) {
            throw new CodedException(ErrorCode.LIVE_CONSUMED_TWICE, "the live query has a consumer already")
                    .with("live", query.name())
                    .hint("open another live query: the server shares the result between them");
        }
    }

    @Override
    public final void fetchNextBatch() {
        control.with(query, LiveQuery::fetchNextBatch);
    }

    @Override
    public final Optional<Checkpoint> checkpoint() {
        return Optional.ofNullable(processed);
    }

    @Override
    public final CompletionStage<@Nullable Void> completion() {
        return completion.minimalCompletionStage();
    }

    @Override
    public final void close() {
        control.with(query, LiveQuery::close);
        wake();
    }
}
