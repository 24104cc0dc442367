package dev.merapi.client.internal.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.connection.ConnectionState;
import dev.merapi.client.internal.live.LiveControl;
import dev.merapi.client.internal.live.LiveHandle;
import dev.merapi.client.internal.live.LiveQuery;
import dev.merapi.wire.ClientMessage;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The application's side of a client: takes its requests and live queries to the connection, waits where a call blocks,
 * and ends everything. May be called by any thread.
 */
public final class ClientCore implements LiveControl, AutoCloseable {
    private static final Duration MIN_SWEEP = Duration.ofMillis(5);
    private static final Duration MAX_SWEEP = Duration.ofMillis(500);

    /** Overdue requests are looked for this often within the time of a request. */
    private static final int SWEEPS_PER_TIMEOUT = 20;

    /** For the server's close frame, at most. */
    private static final Duration CLOSE_FRAME_WAIT = Duration.ofSeconds(1);

    private static final int NORMAL_CLOSURE = 1000;

    /** Requests of one burst of callbacks leave together, but not more than this many: the server is to begin. */
    private static final int MAX_KEPT = 16;

    /**
     * For what callbacks want to send while more of them wait, at most; it leaves earlier unless one of them is slow.
     */
    private static final Duration MAX_KEEPING = Duration.ofMillis(5);

    private final Settings settings;
    private final Ports ports;
    private final Gate gate;
    private final Calls calls;
    private final LiveTable live = new LiveTable();
    private final Driver driver;

    // guarded by the gate
    private boolean sweeping;
    private boolean keeping;
    private boolean closing;

    public ClientCore(Settings settings, Ports ports) {
        this.settings = settings;
        this.ports = ports;
        this.calls = new Calls(settings.limits());
        Listeners listeners = new Listeners(settings.listeners(), ports.callbacks());
        this.gate = new Gate(listeners);
        this.driver = new Driver(settings, ports, gate, listeners, calls, live);
        ports.callbacks().onBurstEnd(() -> gate.inside(driver::sendWaiting));
    }

    public ConnectionState state() {
        gate.enter();
        try {
            return driver.state();
        } finally {
            gate.leave();
        }
    }

    /**
     * Connects and waits for the outcome of the first attempt.
     *
     * @throws CodedException why the attempt failed; REQUEST_INTERRUPTED
     */
    public void connect() {
        gate.inside(driver::want);
        gate.enter();
        try {
            while (true) {
                switch (driver.state()) {
                    case ConnectionState.Connected connected -> {
                        return;
                    }
                    case ConnectionState.Waiting waiting -> throw Refusals.copyOf(waiting.cause());
                    case ConnectionState.Closed closed -> throw closedException();
                    case ConnectionState.Idle idle -> gate.await();
                    case ConnectionState.Connecting connecting -> gate.await();
                }
            }
        } catch (InterruptedException e) {
            throw interrupted("connecting was interrupted", e);
        } finally {
            gate.leave();
        }
    }

    /**
     * Takes a request; its answer is completed by whatever comes of it.
     *
     * @param wait whether to wait for room in the queue, at most until the request's deadline; else a full queue fails
     *     it
     */
    public void submit(Call call, boolean wait) {
        gate.enter();
        try {
            if (wait) {
                awaitRoom(call);
            }
            if (closing || driver.isClosed()) {
                call.answer().completeExceptionally(closedException());
            } else if (!calls.hasRoom()) {
                call.answer().completeExceptionally(queueFull());
            } else {
                calls.add(call);
                driver.want();
                if (wait || !ports.callbacks().isInBurst() || calls.waiting() >= MAX_KEPT) {
                    driver.sendWaiting();
                } else {
                    sendSoon();
                }
                sweepLater();
            }
        } catch (InterruptedException e) {
            call.answer().completeExceptionally(interrupted("waiting for a request's turn was interrupted", e));
        } finally {
            gate.leave();
        }
    }

    /** What waits leaves when the burst of callbacks ends, or when it takes too long. */
    private void sendSoon() {
        if (!keeping) {
            keeping = true;
            var unused = ports.scheduler()
                    .schedule(
                            MAX_KEEPING,
                            () -> gate.inside(() -> {
                                keeping = false;
                                driver.sendWaiting();
                            }));
        }
    }

    private void awaitRoom(Call call) throws InterruptedException {
        long left = call.deadlineNanos() - nanoTime();
        while (left > 0 && !calls.hasRoom() && !closing && !driver.isClosed()) {
            left = gate.await(left);
        }
    }

    private CodedException queueFull() {
        return new CodedException(ErrorCode.REQUEST_QUEUE_FULL, "too many requests wait to be sent")
                .with("maxQueued", settings.limits().maxQueued())
                .hint("wait for answers before asking more, or raise maxQueued");
    }

    /** Nobody waits for the answer any more: the server is asked to stop. */
    public void forget(Call call) {
        gate.inside(() -> {
            if (calls.forget(call)) {
                driver.send(new ClientMessage.Cancel(call.id()));
            }
        });
    }

    /** Attaches a live query to the connection, now or as soon as there is one. */
    public void open(LiveHandle<?> handle) {
        gate.inside(() -> {
            if (closing || driver.isClosed()) {
                handle.query().abandon(closedException());
                gate.wake(handle);
                return;
            }
            live.add(handle);
            driver.want();
            driver.attach(handle.query());
        });
    }

    @Override
    public void with(LiveQuery query, Consumer<LiveQuery> action) {
        gate.inside(() -> driver.touch(query, action));
    }

    @Override
    public Executor callbacks() {
        return ports.callbacks();
    }

    @Override
    public long nanoTime() {
        return ports.scheduler().nanoTime();
    }

    /** Ends everything: waits for the answers under way, then says goodbye. */
    @Override
    public void close() {
        gate.enter();
        Session open;
        try {
            if (closing) {
                return;
            }
            closing = true;
            awaitAnswers();
            open = driver.session();
            driver.close();
            calls.failAll(closedException());
            gate.wake(live.closeAll());
            gate.changed();
        } finally {
            gate.leave();
        }
        sayGoodbye(open);
        ports.onClosed().run();
    }

    private void sayGoodbye(@Nullable Session open) {
        if (open == null) {
            return;
        }
        open.outbox().flush();
        open.connection().close(NORMAL_CLOSURE, "");
        gate.enter();
        try {
            long left = Math.min(
                    CLOSE_FRAME_WAIT.toNanos(), settings.timeouts().close().toNanos());
            while (driver.session() != null && left > 0) {
                left = gate.await(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gate.leave();
        }
        open.connection().abort();
    }

    private void awaitAnswers() {
        try {
            long left = settings.timeouts().close().toNanos();
            while (driver.isReady() && !calls.isEmpty() && left > 0) {
                left = gate.await(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CodedException closedException() {
        return driver.state() instanceof ConnectionState.Closed closed
                        && closed.cause().isPresent()
                ? Refusals.copyOf(closed.cause().get())
                : new CodedException(ErrorCode.CLIENT_CLOSED, "the client is closed");
    }

    private static CodedException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new CodedException(ErrorCode.REQUEST_INTERRUPTED, what).causedBy(cause);
    }

    private void sweepLater() {
        if (!sweeping && !calls.isEmpty()) {
            sweeping = true;
            Duration part = settings.timeouts().request().dividedBy(SWEEPS_PER_TIMEOUT);
            Duration interval =
                    part.compareTo(MIN_SWEEP) < 0 ? MIN_SWEEP : part.compareTo(MAX_SWEEP) > 0 ? MAX_SWEEP : part;
            var unused = ports.scheduler().schedule(interval, () -> gate.inside(this::sweep));
        }
    }

    private void sweep() {
        sweeping = false;
        for (long id : calls.expire(nanoTime(), driver.lastTrouble())) {
            driver.send(new ClientMessage.Cancel(id));
        }
        driver.sendWaiting();
        sweepLater();
        gate.changed();
    }
}
