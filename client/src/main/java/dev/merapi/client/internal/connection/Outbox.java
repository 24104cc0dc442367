package dev.merapi.client.internal.connection;

import dev.merapi.client.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent over one connection. A socket takes one message at a time, so there is one send under way at
 * most; what gathers meanwhile leaves together, because encoded messages may simply be put end to end.
 *
 * <p>Messages are added under the client's lock and sent by {@link #flush} without it. What is in here is bounded by
 * the requests in flight and the number of live queries.
 */
final class Outbox {
    /** Messages are put together up to this size; larger ones go alone. More gains nothing on the socket. */
    private static final int FRAME_BYTES = 64 << 10;

    private final Transport.Connection connection;
    private final Consumer<Throwable> onFailure;

    // guarded by this
    private final Deque<Item> items = new ArrayDeque<>();
    private boolean sending;
    private boolean failed;
    private int maxFrameBytes = FRAME_BYTES;

    private record Item(byte[] message, @Nullable Call call) {}

    /** @param onFailure told once when the socket does not take messages any more; called without locks */
    Outbox(Transport.Connection connection, Consumer<Throwable> onFailure) {
        this.connection = connection;
        this.onFailure = onFailure;
    }

    synchronized void serverAllows(int frameBytes) {
        maxFrameBytes = Math.min(FRAME_BYTES, frameBytes);
    }

    /** @param call the request the message belongs to, if it belongs to one */
    synchronized void add(byte[] message, @Nullable Call call) {
        items.add(new Item(message, call));
    }

    /** Requests whose messages never reached the socket; they are forgotten here. */
    synchronized List<Call> takeUnsent() {
        List<Call> calls = new ArrayList<>();
        for (Item item : items) {
            if (item.call() != null) {
                calls.add(item.call());
            }
        }
        items.clear();
        failed = true;
        return calls;
    }

    synchronized boolean isEmpty() {
        return items.isEmpty() && !sending;
    }

    /** Sends what waits, unless a send is under way: then what waits follows it. */
    void flush() {
        byte[] frame = takeFrame();
        while (frame != null) {
            var sent = connection.send(frame).toCompletableFuture();
            if (!sent.isDone()) {
                var unused = sent.whenComplete((ok, failure) -> sendEnded(failure, true));
                return;
            }
            sendEnded(sent.isCompletedExceptionally() ? sent.exceptionNow() : null, false);
            frame = takeFrame();
        }
    }

    private void sendEnded(@Nullable Throwable failure, boolean goOn) {
        boolean tell;
        synchronized (this) {
            sending = false;
            tell = failure != null && !failed;
            failed |= failure != null;
        }
        if (tell && failure != null) {
            onFailure.accept(failure);
        } else if (goOn) {
            flush();
        }
    }

    private synchronized byte @Nullable [] takeFrame() {
        if (sending || failed || items.isEmpty()) {
            return null;
        }
        sending = true;
        Item first = items.remove();
        int bytes = first.message().length;
        List<byte[]> more = new ArrayList<>();
        while (!items.isEmpty() && bytes + items.element().message().length <= maxFrameBytes) {
            byte[] next = items.remove().message();
            more.add(next);
            bytes += next.length;
        }
        if (more.isEmpty()) {
            return first.message();
        }
        byte[] frame = new byte[bytes];
        System.arraycopy(first.message(), 0, frame, 0, first.message().length);
        int at = first.message().length;
        for (byte[] message : more) {
            System.arraycopy(message, 0, frame, at, message.length);
            at += message.length;
        }
        return frame;
    }
}
