package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer to which items are pushed: a callback, which wants all of them, or a {@link Flow.Subscriber}, which says
 * how many it wants. {@link #push} is called by one thread at a time, inside of the handle's drain.
 */
final class PushConsumer<T> implements Flow.Subscription {
    private static final Logger LOG = System.getLogger(PushConsumer.class.getName());

    /** Items pushed before others get the callback thread. */
    private static final int ITEMS_PER_TURN = 64;

    private final LiveHandle<T> handle;
    private final Target<T> target;
    private final AtomicLong demand = new AtomicLong();
    private volatile @Nullable IllegalArgumentException badDemand;
    private volatile boolean cancelled;
    private volatile boolean done;

    private sealed interface Target<T> {
        record Callback<T>(Consumer<? super T> callback) implements Target<T> {}

        record Subscriber<T>(Flow.Subscriber<? super T> subscriber) implements Target<T> {}
    }

    PushConsumer(LiveHandle<T> handle, Consumer<? super T> callback) {
        this.handle = handle;
        this.target = new Target.Callback<>(callback);
        demand.set(Long.MAX_VALUE);
    }

    PushConsumer(LiveHandle<T> handle, Flow.Subscriber<? super T> subscriber) {
        this.handle = handle;
        this.target = new Target.Subscriber<>(subscriber);
    }

    /** Tells the subscriber that it is one. */
    void begin() {
        if (target instanceof Target.Subscriber<T>(Flow.Subscriber<? super T> subscriber)) {
            subscriber.onSubscribe(this);
        }
    }

    /** Tells the subscriber that it cannot be one; the specification wants both calls. */
    void refuse(CodedException reason) {
        cancelled = true;
        if (target instanceof Target.Subscriber<T>(Flow.Subscriber<? super T> subscriber)) {
            subscriber.onSubscribe(this);
            subscriber.onError(reason);
        }
    }

    /** Whether an error that ends everything is lost unless somebody else reports it. */
    boolean swallowsErrors() {
        return target instanceof Target.Callback<T>;
    }

    /** Whether everything there was has been handed out. */
    boolean isDone() {
        return done || cancelled;
    }

    /** Pushes what there is and wanted; true when there may be more. */
    boolean push() {
        if (isDone()) {
            return false;
        }
        IllegalArgumentException bad = badDemand;
        if (bad != null) {
            finish(bad);
            handle.close();
            return false;
        }
        for (int i = 0; i < ITEMS_PER_TURN; i++) {
            if (cancelled || demand.get() == 0) {
                return false;
            }
            // The end first: when it had come before nothing was left, then nothing will come.
            Feed.End end = handle.feed().end();
            Delivery<T> delivery = handle.feed().poll();
            if (delivery == null) {
                finishIfOver(end);
                return false;
            }
            handle.taken(delivery);
            give(delivery);
        }
        return true;
    }

    private void give(Delivery<T> delivery) {
        T item = delivery.item();
        if (item == null) {
            handle.processed(delivery);
            return;
        }
        switch (target) {
            case Target.Callback<T>(Consumer<? super T> callback) -> {
                if (handle.guarded(() -> callback.accept(item))) {
                    handle.processed(delivery);
                }
            }
            case Target.Subscriber<T>(Flow.Subscriber<? super T> subscriber) -> {
                if (demand.get() != Long.MAX_VALUE) {
                    demand.decrementAndGet();
                }
                onNext(subscriber, item, delivery);
            }
        }
    }

    private void onNext(Flow.Subscriber<? super T> subscriber, T item, Delivery<T> delivery) {
        try {
            subscriber.onNext(item);
        } catch (RuntimeException e) {
            // The specification forbids it to throw; after that nothing can be said about its state.
            LOG.log(Level.WARNING, "a subscriber failed and gets nothing more", e);
            cancel();
            return;
        }
        handle.processed(delivery);
    }

    private void finishIfOver(Feed.End end) {
        switch (end) {
            case Feed.End.NotYet notYet -> {}
            case Feed.End.Closed closed -> finish(null);
            case Feed.End.Failed(CodedException error) -> finish(error);
        }
    }

    private void finish(@Nullable Throwable error) {
        done = true;
        if (target instanceof Target.Subscriber<T>(Flow.Subscriber<? super T> subscriber)) {
            try {
                if (error == null) {
                    subscriber.onComplete();
                } else {
                    subscriber.onError(error);
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a subscriber failed at the end", e);
            }
        }
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            badDemand = new IllegalArgumentException("request(" + n + "): demand must be positive");
        } else {
            demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        }
        handle.wake();
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            handle.close();
        }
    }
}
