package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.client.live.Checkpoint;
import dev.merapi.wire.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The border between reader and application: the reader fills it under the client's lock, the application's thread
 * takes from it. Its own lock is held for moments only and inside of it nothing else is locked.
 */
abstract class Feed<T> implements Sink {
    private final String name;
    protected final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final Deque<Notice> notices = new ArrayDeque<>();
    private End end = new End.NotYet();

    /** Something to tell the application's listeners. */
    sealed interface Notice {
        record Trouble(CodedException error) implements Notice {}

        record Reset(String reason) implements Notice {}
    }

    /** How a feed has ended, if it has. */
    sealed interface End {
        record NotYet() implements End {}

        record Closed() implements End {}

        record Failed(CodedException error) implements End {}
    }

    Feed(String name) {
        this.name = name;
    }

    /** The next delivery, or null when there is none at the moment. The lock is held. */
    protected abstract @Nullable Delivery<T> next();

    /**
     * Something that stands for the first item without taking it, or null when there was none yet. The lock is held.
     */
    protected abstract @Nullable T peekFirst();

    /** Forgets what waits. The lock is held. */
    protected abstract void clear();

    /** Takes the next delivery; null when there is none at the moment. */
    final @Nullable Delivery<T> poll() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next delivery, waiting for it.
     *
     * @param nanos how long to wait at most
     * @return null when the time is over or the feed has ended and is empty
     */
    final @Nullable Delivery<T> take(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (true) {
                Delivery<T> delivery = next();
                if (delivery != null || !(end instanceof End.NotYet) || left <= 0) {
                    return delivery;
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    final @Nullable T first() {
        lock.lock();
        try {
            return peekFirst();
        } finally {
            lock.unlock();
        }
    }

    final @Nullable Notice pollNotice() {
        lock.lock();
        try {
            return notices.poll();
        } finally {
            lock.unlock();
        }
    }

    final End end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void troubled(CodedException error) {
        notice(new Notice.Trouble(error));
    }

    @Override
    public void failed(CodedException error) {
        end(new End.Failed(error));
    }

    @Override
    public final void closed() {
        lock.lock();
        try {
            clear();
            end(new End.Closed());
        } finally {
            lock.unlock();
        }
    }

    protected final void notice(Notice notice) {
        lock.lock();
        try {
            notices.add(notice);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes who waits. The lock is held. */
    protected final void signal() {
        changed.signalAll();
    }

    protected final Checkpoint checkpoint(Position position) {
        return new Checkpoint(name, position.toString());
    }

    private void end(End how) {
        lock.lock();
        try {
            if (end instanceof End.NotYet) {
                end = how;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
