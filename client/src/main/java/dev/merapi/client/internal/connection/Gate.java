package dev.merapi.client.internal.connection;

import dev.merapi.client.internal.live.LiveHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The client's lock. Whatever happens (a call, a frame, an alarm) enters, changes state, notes what must not be done
 * under the lock, and leaves; leaving does what was noted: writing to the socket, waking the application's side of live
 * queries, telling listeners.
 */
final class Gate {
    private final Listeners listeners;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private List<Runnable> toDo = new ArrayList<>();
    private Set<LiveHandle<?>> toWake = new LinkedHashSet<>();
    private @Nullable Outbox toFlush;

    Gate(Listeners listeners) {
        this.listeners = listeners;
    }

    void enter() {
        lock.lock();
    }

    void leave() {
        assert lock.getHoldCount() == 1 : "what follows must not run under the lock";
        Outbox outbox = toFlush;
        toFlush = null;
        List<Runnable> todo = List.of();
        if (!toDo.isEmpty()) {
            todo = toDo;
            toDo = new ArrayList<>();
        }
        Set<LiveHandle<?>> wake = Set.of();
        if (!toWake.isEmpty()) {
            wake = toWake;
            toWake = new LinkedHashSet<>();
        }
        lock.unlock();
        if (outbox != null) {
            outbox.flush();
        }
        todo.forEach(Runnable::run);
        wake.forEach(LiveHandle::wake);
        listeners.start();
    }

    /** Runs something inside. */
    void inside(Runnable action) {
        enter();
        try {
            action.run();
        } finally {
            leave();
        }
    }

    /** To be done when the lock is free again, in the order of these calls. The lock is held. */
    void later(Runnable action) {
        toDo.add(action);
    }

    /** The application's side is to look what is new. The lock is held. */
    void wake(@Nullable LiveHandle<?> handle) {
        if (handle != null) {
            toWake.add(handle);
        }
    }

    /** The application's side is to look what is new. The lock is held. */
    void wake(Collection<LiveHandle<?>> handles) {
        toWake.addAll(handles);
    }

    /** There is something to send. The lock is held. */
    void flush(Outbox outbox) {
        toFlush = outbox;
    }

    /** Wakes those who {@link #await}. The lock is held. */
    void changed() {
        changed.signalAll();
    }

    /** Waits until something may have changed, and gives the lock away meanwhile; callers look and wait again. */
    @SuppressWarnings("WaitNotInLoop")
    void await() throws InterruptedException {
        assert toDo.isEmpty() && toFlush == null : "left undone while waiting";
        changed.await();
    }

    /**
     * Waits until something may have changed, and gives the lock away meanwhile; callers look and wait again.
     *
     * @return the nanoseconds that are left; 0 or less when the time is over
     */
    @SuppressWarnings("WaitNotInLoop")
    long await(long nanos) throws InterruptedException {
        assert toDo.isEmpty() && toFlush == null : "left undone while waiting";
        return changed.awaitNanos(nanos);
    }
}
