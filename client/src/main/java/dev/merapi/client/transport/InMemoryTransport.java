package dev.merapi.client.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The network in memory: the twin of a socket for tests and simulations. Nothing moves until {@link #run} or
 * {@link #step} is called, so a test decides what happens before what; and the transport is strict: a second send while
 * one is under way fails, as it does on a slow socket.
 *
 * <p>May be used by several threads; peers and listeners are called by the thread that steps.
 */
public final class InMemoryTransport implements Transport {
    private final Peer peer;
    private final Object lock = new Object();

    // guarded by lock
    private final Deque<Runnable> events = new ArrayDeque<>();
    private final List<Link> links = new ArrayList<>();
    private boolean refusing;
    private boolean closed;

    /** The other side of every connection. */
    public interface Peer {
        /** A client has connected. */
        void opened(Link link);

        void received(Link link, byte[] message);

        /** The client has closed the connection, or it was dropped. */
        void closed(Link link, int code);
    }

    public InMemoryTransport(Peer peer) {
        this.peer = peer;
    }

    @Override
    public void open(Target target, Listener listener) {
        synchronized (lock) {
            if (closed || refusing) {
                String reason = closed ? "transport is closed" : "connection refused";
                events.add(() -> listener.closed(Closing.failed(reason, Closing.Retry.YES)));
                return;
            }
            Link link = new Link(listener);
            links.add(link);
            events.add(link::open);
        }
    }

    /** From now on refuses new connections, or accepts them again. */
    public void refuse(boolean refuse) {
        synchronized (lock) {
            refusing = refuse;
        }
    }

    /** Delivers the oldest event that waits; false when there is none. */
    public boolean step() {
        Runnable event;
        synchronized (lock) {
            event = events.poll();
        }
        if (event == null) {
            return false;
        }
        event.run();
        return true;
    }

    /** Delivers until nothing waits any more. */
    public void run() {
        while (step()) {
            // each step may cause further ones
        }
    }

    /** Connections made so far, the ended ones included. */
    public List<Link> links() {
        synchronized (lock) {
            return List.copyOf(links);
        }
    }

    @Override
    public void close() {
        List<Link> open;
        synchronized (lock) {
            closed = true;
            open = List.copyOf(links);
        }
        open.forEach(Link::abort);
    }

    private void later(Runnable event) {
        synchronized (lock) {
            events.add(event);
        }
    }

    /** One connection, seen from both sides. */
    public final class Link implements Connection {
        private final Listener listener;

        // guarded by lock
        private boolean ended;
        private boolean held;
        private @Nullable Sending sending;

        private record Sending(byte[] message, CompletableFuture<Void> sent) {}

        private Link(Listener listener) {
            this.listener = listener;
        }

        private void open() {
            listener.opened(this);
            peer.opened(this);
        }

        @Override
        public CompletionStage<?> send(byte[] message) {
            CompletableFuture<Void> sent = new CompletableFuture<>();
            synchronized (lock) {
                if (ended) {
                    return CompletableFuture.failedFuture(new IllegalStateException("connection has ended"));
                }
                if (sending != null) {
                    return CompletableFuture.failedFuture(new IllegalStateException("send pending"));
                }
                sending = new Sending(message, sent);
                if (!held) {
                    events.add(this::completeSend);
                }
            }
            return sent;
        }

        private void completeSend() {
            Sending done;
            boolean arrives;
            synchronized (lock) {
                done = sending;
                sending = null;
                arrives = !ended;
            }
            if (done != null && arrives) {
                peer.received(this, done.message());
                done.sent().complete(null);
            }
        }

        /** While held, what the client sends does not arrive and its send does not end: a peer that does not read. */
        public void hold(boolean hold) {
            synchronized (lock) {
                held = hold;
                if (!hold && sending != null) {
                    events.add(this::completeSend);
                }
            }
        }

        /** Sends a message to the client. */
        public void deliver(byte[] message) {
            later(() -> {
                if (!hasEnded()) {
                    listener.received(message);
                }
            });
        }

        /** Ends the connection from the peer's side, after what was delivered before. */
        public void end(int code, String reason) {
            later(() -> finish(Closing.byCode(code, reason), false));
        }

        /** Breaks the connection at once: what is under way in either direction is lost. */
        public void drop() {
            if (!hasEnded()) {
                finish(Closing.failed("connection dropped", Closing.Retry.YES), true);
                later(() -> peer.closed(this, Closing.NO_CODE));
            }
        }

        @Override
        public void close(int code, String reason) {
            later(() -> {
                if (!hasEnded()) {
                    peer.closed(this, code);
                    finish(Closing.byCode(code, reason), false);
                }
            });
        }

        @Override
        public void abort() {
            if (!hasEnded()) {
                finish(Closing.failed("connection aborted", Closing.Retry.YES), true);
                later(() -> peer.closed(this, Closing.NO_CODE));
            }
        }

        public boolean hasEnded() {
            synchronized (lock) {
                return ended;
            }
        }

        private void finish(Closing closing, boolean asynchronously) {
            Sending lost;
            synchronized (lock) {
                if (ended) {
                    return;
                }
                ended = true;
                lost = sending;
                sending = null;
            }
            Runnable tell = () -> {
                if (lost != null) {
                    lost.sent().completeExceptionally(new IllegalStateException("connection has ended"));
                }
                listener.closed(closing);
            };
            if (asynchronously) {
                later(tell);
            } else {
                tell.run();
            }
        }
    }
}
