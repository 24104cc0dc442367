package dev.merapi.server.database;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue with one consumer that takes all there is at once, so that the lock is taken once per batch on its
 * side. Offering never waits: a full mailbox is an answer.
 */
public final class Mailbox<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final int capacity;

    // Below: guarded by lock.
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private boolean consumerWaits;
    private boolean nudged;
    private boolean closed;

    /**
     * @param capacity most items waiting, 1 or more
     */
    public Mailbox(int capacity) {
        this.capacity = capacity;
    }

    /** Any thread. False when the mailbox is full or closed; {@link #isClosed} tells which. */
    public boolean offer(T item) {
        lock.lock();
        try {
            if (closed || items.size() >= capacity) {
                return false;
            }
            items.addLast(item);
            signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Any thread. Offers several items, in order, and wakes the consumer once.
     *
     * @return how many were taken, from the first on; fewer than all when the mailbox is full or closed
     */
    public int offerAll(List<? extends T> offered) {
        lock.lock();
        try {
            int room = closed ? 0 : Math.max(0, capacity - items.size());
            int taken = Math.min(offered.size(), room);
            for (int i = 0; i < taken; i++) {
                items.addLast(offered.get(i));
            }
            if (taken > 0) {
                signal();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Any thread. Like {@link #offer} without the bound: for messages that must arrive and are bounded otherwise. */
    public boolean force(T item) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            items.addLast(item);
            signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Any thread. Makes the consumer's next {@link #drainTo} return at once, even with nothing. */
    public void nudge() {
        lock.lock();
        try {
            nudged = true;
            signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Consumer only. Moves up to {@code max} items to the list, waiting for the first one until somebody offers, nudges
     * or closes, or the time is over.
     *
     * @return whether there may be more to come: false once the mailbox is closed and empty
     */
    public boolean drainTo(List<? super T> target, int max, long timeoutNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = timeoutNanos;
            consumerWaits = true;
            while (items.isEmpty() && !nudged && !closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
            consumerWaits = false;
            nudged = false;
            for (int i = 0; i < max && !items.isEmpty(); i++) {
                target.add(items.pollFirst());
            }
            return !closed || !items.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Any thread. Nothing is taken in any more; what is inside can still be drained. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    public int size() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        if (consumerWaits) {
            arrived.signal();
        }
    }
}
