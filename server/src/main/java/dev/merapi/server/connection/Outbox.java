package dev.merapi.server.connection;

import dev.merapi.server.live.SharedMessage;
import dev.merapi.wire.ServerMessage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be sent to one client, in order. Many threads put in, one event loop takes out. It is never full for a
 * single message; instead it says when it is congested, and those who can wait or leave something out are expected to
 * ask before they put more in. Beyond its maximum it overflows, and the connection is to be closed.
 */
final class Outbox {
    /** What can be sent: a message of this client alone, or one that is shared. */
    sealed interface Item {
        int sizeBytes();

        record Own(ServerMessage message, int sizeBytes) implements Item {}

        /** A message that whoever made it has encoded. */
        record Encoded(byte[] bytes, int sizeBytes) implements Item {}

        record Shared(SharedMessage message) implements Item {
            @Override
            public int sizeBytes() {
                return message.sizeBytes();
            }
        }
    }

    /** What putting something in has led to. */
    enum Outcome {
        /** There was something waiting already: whoever sends is at work. */
        QUEUED,
        /** The outbox was empty: somebody has to start sending. */
        FIRST,
        /** Too much is waiting: the item was not taken. */
        OVERFLOW,
        /** Nothing is taken any more. */
        CLOSED
    }

    private final long congestedBytes;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    /** Written under the lock, read by any thread. */
    private volatile boolean congested;

    // Below: guarded by lock.
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /**
     * @param congestedBytes with more waiting the outbox is congested, until it has fallen to half of it
     * @param maxBytes with more waiting it overflows
     */
    Outbox(long congestedBytes, long maxBytes) {
        this.congestedBytes = congestedBytes;
        this.maxBytes = Math.max(maxBytes, congestedBytes);
    }

    Outcome offer(Item item) {
        lock.lock();
        try {
            if (closed) {
                return Outcome.CLOSED;
            }
            if (bytes > maxBytes) {
                return Outcome.OVERFLOW;
            }
            boolean first = items.isEmpty();
            items.addLast(item);
            bytes += item.sizeBytes();
            if (bytes > congestedBytes) {
                congested = true;
            }
            return first ? Outcome.FIRST : Outcome.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Event loop. Takes the oldest items, about as many bytes as wanted.
     *
     * @return whether the outbox was congested and is no more
     */
    boolean take(long wantedBytes, List<Item> target) {
        lock.lock();
        try {
            long taken = 0;
            while (taken < wantedBytes) {
                Item item = items.pollFirst();
                if (item == null) {
                    break;
                }
                taken += Math.max(1, item.sizeBytes());
                bytes -= item.sizeBytes();
                target.add(item);
            }
            if (congested && bytes <= congestedBytes / 2) {
                congested = false;
                room.signalAll();
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return items.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean isCongested() {
        return congested;
    }

    long sizeBytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits while congested. False when closed. */
    boolean awaitRoom() throws InterruptedException {
        if (!congested) {
            return true;
        }
        lock.lockInterruptibly();
        try {
            while (congested && !closed) {
                room.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more and forgets what is waiting. */
    void close() {
        lock.lock();
        try {
            closed = true;
            congested = false;
            items.clear();
            bytes = 0;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
