package dev.merapi.client.internal.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.connection.ConnectionListener;
import dev.merapi.client.connection.ConnectionState;
import dev.merapi.client.internal.connection.Lifecycle.Effect;
import dev.merapi.client.internal.live.LiveControl;
import dev.merapi.client.internal.live.LiveHandle;
import dev.merapi.client.internal.live.LiveQuery;
import dev.merapi.client.transport.Scheduler;
import dev.merapi.client.transport.Transport;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.v1.V1Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shell around the state machines of a client: one lock, and the carrying out of what they decide.
 *
 * <p>Whatever happens (a call, a frame, an alarm) enters with {@link #enter}, changes state under the lock, and leaves
 * with {@link #leave}, which does without the lock what must not be done under it: writing to the socket, waking the
 * application's side of live queries, telling listeners.
 */
public final class ClientCore implements LiveControl, AutoCloseable {
    private static final Duration MIN_SWEEP = Duration.ofMillis(5);
    private static final Duration MAX_SWEEP = Duration.ofMillis(500);
    private static final int SWEEPS_PER_TIMEOUT = 20;
    private static final int NORMAL_CLOSURE = 1000;

    private final Settings settings;
    private final Ports ports;
    private final Listeners listeners;
    private final Calls calls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final Lifecycle lifecycle;
    private final LiveTable live = new LiveTable();
    private ConnectionState state = new ConnectionState.Idle();
    private @Nullable Session session;
    private @Nullable CodedException lastTrouble;
    private Scheduler.@Nullable Alarm alarm;
    private boolean sweeping;
    private boolean closing;
    private long pings;
    private Set<LiveHandle<?>> toWake = new LinkedHashSet<>();
    private List<Runnable> toDo = new ArrayList<>();

    /** What belongs to one connection and goes with it. */
    private static final class Session {
        private final long attempt;
        private final Transport.Connection connection;
        private final Outbox outbox;
        private long epoch;
        private int maxFrameBytes = Integer.MAX_VALUE;

        private Session(long attempt, Transport.Connection connection, Outbox outbox) {
            this.attempt = attempt;
            this.connection = connection;
            this.outbox = outbox;
        }
    }

    public ClientCore(Settings settings, Ports ports) {
        this.settings = settings;
        this.ports = ports;
        this.listeners = new Listeners(settings.listeners(), ports.callbacks());
        this.calls = new Calls(settings.limits());
        this.lifecycle = new Lifecycle(settings.reconnect(), settings.timeouts(), ports.random());
    }

    // ---- the application's side

    public ConnectionState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Connects and waits for the outcome of the first attempt.
     *
     * @throws CodedException why the attempt failed; REQUEST_INTERRUPTED
     */
    public void connect() {
        enter();
        try {
            perform(lifecycle.want());
        } finally {
            leave();
        }
        lock.lock();
        try {
            while (true) {
                switch (state) {
                    case ConnectionState.Connected connected -> {
                        return;
                    }
                    case ConnectionState.Waiting waiting -> throw waiting.cause();
                    case ConnectionState.Closed closed -> throw closedException();
                    case ConnectionState.Idle idle -> changed.await();
                    case ConnectionState.Connecting connecting -> changed.await();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.REQUEST_INTERRUPTED, "connecting was interrupted").causedBy(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a request; its answer is completed by whatever comes of it.
     *
     * @param wait whether to wait for room in the queue, at most until the request's deadline; else a full queue fails
     *     it
     */
    public void submit(Call call, boolean wait) {
        enter();
        try {
            if (wait) {
                awaitRoom(call);
            }
            if (closing || lifecycle.isClosed()) {
                call.answer().completeExceptionally(closedException());
            } else if (!calls.hasRoom()) {
                call.answer()
                        .completeExceptionally(
                                new CodedException(ErrorCode.REQUEST_QUEUE_FULL, "too many requests wait to be sent")
                                        .with("maxQueued", settings.limits().maxQueued())
                                        .hint("wait for answers before asking more, or raise maxQueued"));
            } else {
                calls.add(call);
                perform(lifecycle.want());
                sendWaiting();
                sweepLater();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.answer()
                    .completeExceptionally(
                            new CodedException(ErrorCode.REQUEST_INTERRUPTED, "waiting for a request was interrupted")
                                    .causedBy(e));
        } finally {
            leave();
        }
    }

    private void awaitRoom(Call call) throws InterruptedException {
        while (!calls.hasRoom() && !closing && !lifecycle.isClosed()) {
            long left = call.deadlineNanos() - nanoTime();
            if (left <= 0) {
                return;
            }
            changed.awaitNanos(Math.min(left, MAX_SWEEP.toNanos()));
        }
    }

    /** Nobody waits for the answer any more: the server is asked to stop. */
    public void forget(Call call) {
        enter();
        try {
            if (calls.forget(call)) {
                send(new ClientMessage.Cancel(call.id()));
            }
        } finally {
            leave();
        }
    }

    /** Attaches a live query to the connection, now or as soon as there is one. */
    public void open(LiveHandle<?> handle) {
        enter();
        try {
            if (closing || lifecycle.isClosed()) {
                handle.query().abandon(closedException());
                toWake.add(handle);
                return;
            }
            live.add(handle);
            perform(lifecycle.want());
            attach(handle.query());
        } finally {
            leave();
        }
    }

    @Override
    public void with(LiveQuery query, Consumer<LiveQuery> action) {
        enter();
        try {
            touch(query, action);
        } finally {
            leave();
        }
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
        enter();
        Session open;
        try {
            if (closing) {
                return;
            }
            closing = true;
            awaitAnswers();
            open = session;
            perform(lifecycle.close());
            calls.failAll(closedException());
            toWake.addAll(live.closeAll());
            changed.signalAll();
        } finally {
            leave();
        }
        if (open != null) {
            open.outbox.flush();
            open.connection.close(NORMAL_CLOSURE, "");
            awaitClosed();
            open.connection.abort();
        }
        ports.onClosed().run();
    }

    private void awaitAnswers() {
        long deadline = nanoTime() + settings.timeouts().close().toNanos();
        try {
            while (lifecycle.isReady() && !calls.isEmpty()) {
                long left = deadline - nanoTime();
                if (left <= 0) {
                    return;
                }
                changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitClosed() {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(1);
            while (session != null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private CodedException closedException() {
        return state instanceof ConnectionState.Closed closed && closed.cause().isPresent()
                ? Refusals.copyOf(closed.cause().get())
                : new CodedException(ErrorCode.CLIENT_CLOSED, "the client is closed");
    }

    // ---- entering and leaving

    private void enter() {
        lock.lock();
    }

    private void leave() {
        Session open = session;
        Set<LiveHandle<?>> wake = toWake;
        List<Runnable> todo = toDo;
        if (!wake.isEmpty()) {
            toWake = new LinkedHashSet<>();
        }
        if (!todo.isEmpty()) {
            toDo = new ArrayList<>();
        }
        lock.unlock();
        if (lock.isHeldByCurrentThread()) {
            throw new AssertionError("left while still inside");
        }
        todo.forEach(Runnable::run);
        if (open != null) {
            open.outbox.flush();
        }
        wake.forEach(LiveHandle::wake);
        listeners.start();
    }

    // ---- the connection's side

    private final class Receiver implements Transport.Listener {
        private final long attempt;

        private Receiver(long attempt) {
            this.attempt = attempt;
        }

        @Override
        public void opened(Transport.Connection connection) {
            enter();
            try {
                if (lifecycle.attempt() != attempt) {
                    toDo.add(connection::abort);
                    return;
                }
                session = new Session(attempt, connection, new Outbox(connection, failure -> lost(attempt, failure)));
                perform(lifecycle.opened(attempt));
            } finally {
                leave();
            }
        }

        @Override
        public void received(byte[] frame) {
            List<ServerMessage> messages = new ArrayList<>(1);
            CodedException malformed = null;
            try {
                V1Codec.decodeServer(frame, 0, frame.length, messages::add);
            } catch (CodedException e) {
                malformed = e;
            }
            enter();
            try {
                if (session == null || session.attempt != attempt) {
                    return;
                }
                lifecycle.heard(attempt);
                for (ServerMessage message : messages) {
                    listeners.received(message);
                    receive(attempt, message);
                }
                if (malformed != null) {
                    perform(lifecycle.broken(attempt, malformed));
                }
                sendWaiting();
                changed.signalAll();
            } finally {
                leave();
            }
        }

        @Override
        public void closed(Transport.Closing how) {
            lostBecause(attempt, how);
        }
    }

    private void lost(long attempt, Throwable failure) {
        lostBecause(attempt, Transport.Closing.failed("sending failed: " + failure, Transport.Closing.Retry.YES));
    }

    private void lostBecause(long attempt, Transport.Closing how) {
        enter();
        try {
            perform(lifecycle.closed(attempt, how));
            if (session != null && session.attempt == attempt) {
                session = null;
            }
            changed.signalAll();
        } finally {
            leave();
        }
    }

    private void receive(long attempt, ServerMessage message) {
        switch (message) {
            case ServerMessage.Welcome m -> perform(lifecycle.welcomed(attempt, m));
            case ServerMessage.Results m -> calls.results(m);
            case ServerMessage.ResultRows m -> calls.rows(m);
            case ServerMessage.RequestFailed m -> calls.failed(m.requestId(), m.error());
            case ServerMessage.Subscribed m -> touch(m.subscriptionId(), query -> query.subscribed(m));
            case ServerMessage.Batch m -> touch(m.subscriptionId(), query -> query.batch(m));
            case ServerMessage.Update m -> {
                for (LiveQuery reader : live.readersOf(m)) {
                    touch(reader, query -> query.update(m));
                }
            }
            case ServerMessage.NetUpdate m -> touch(m.subscriptionId(), query -> query.netUpdate(m));
            case ServerMessage.Progress m -> {
                for (LiveQuery reader : live.queries()) {
                    touch(reader, query -> query.progress(m.offset()));
                }
            }
            case ServerMessage.SubscriptionEnded m -> touch(m.subscriptionId(), query -> query.ended(m.error()));
            case ServerMessage.Pong m -> {}
            case ServerMessage.Goodbye m -> lifecycle.goodbye(attempt, m);
        }
    }

    private void touch(int subscriptionId, Consumer<LiveQuery> action) {
        LiveQuery query = live.find(subscriptionId);
        if (query != null) {
            touch(query, action);
        }
    }

    private void touch(LiveQuery query, Consumer<LiveQuery> action) {
        LiveHandle<?> handle = live.handle(query);
        live.with(query, action);
        if (handle != null) {
            toWake.add(handle);
        }
    }

    private void attach(LiveQuery query) {
        Session open = session;
        if (open != null && lifecycle.isReady()) {
            touch(query, q -> q.attach(new SessionLink(open)));
        }
    }

    /** What live queries do with a connection; of no effect once it is gone. */
    private final class SessionLink implements LiveQuery.Link {
        private final Session own;

        private SessionLink(Session own) {
            this.own = own;
        }

        @Override
        public long epoch() {
            return own.epoch;
        }

        @Override
        public int route(LiveQuery query) {
            return live.route(query);
        }

        @Override
        public void unroute(int subscriptionId) {
            live.unroute(subscriptionId);
        }

        @Override
        public void send(ClientMessage message) {
            ClientCore.this.send(message);
        }

        @Override
        public void retryLater(LiveQuery query) {
            Duration delay = settings.reconnect().delayBefore(1, ports.random());
            ports.scheduler().schedule(delay, () -> {
                enter();
                try {
                    attach(query);
                } finally {
                    leave();
                }
            });
        }
    }

    // ---- carrying out; the lock is held

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            perform(effect);
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.FetchToken(long attempt) -> toDo.add(() -> fetchToken(attempt));
            case Effect.Open(long attempt) -> toDo.add(() -> ports.transport().open(target(), new Receiver(attempt)));
            case Effect.SayHello(String token) ->
                send(new ClientMessage.Hello(
                        V1Codec.REVISION, List.of(), token, settings.database(), settings.clientName()));
            case Effect.Ping() -> send(new ClientMessage.Ping(++pings));
            case Effect.SetAlarm(long attempt, Duration delay) -> {
                cancelAlarm();
                alarm = ports.scheduler().schedule(delay, () -> alarm(attempt));
            }
            case Effect.CancelAlarm() -> cancelAlarm();
            case Effect.Establish(ServerMessage.Welcome welcome) -> establish(welcome);
            case Effect.Interrupt(CodedException cause, int code, String reason, boolean reconnecting) -> {
                interrupt(cause);
                listeners.disconnected(new ConnectionListener.Disconnect(code, reason, reconnecting));
            }
            case Effect.Abort() -> abort();
            case Effect.Announce(ConnectionState newState) -> announce(newState);
            case Effect.Report(CodedException error, boolean recoverable) -> {
                lastTrouble = error;
                listeners.troubled(error, recoverable);
            }
            case Effect.End(CodedException cause) -> {
                endAll(cause);
                toDo.add(ports.onClosed());
            }
        }
    }

    private Transport.Target target() {
        return new Transport.Target(
                settings.uri(),
                V1Codec.SUBPROTOCOL,
                settings.timeouts().connect(),
                settings.limits().maxMessageBytes());
    }

    private void fetchToken(long attempt) {
        ports.blocking().execute(() -> {
            List<Effect> effects;
            String token = null;
            Exception failure = null;
            try {
                token = settings.tokens().token();
            } catch (Exception e) {
                failure = e;
            }
            enter();
            try {
                effects = failure == null
                        ? lifecycle.tokenReady(attempt, token)
                        : lifecycle.tokenFailed(attempt, failure);
                perform(effects);
            } finally {
                leave();
            }
        });
    }

    private void alarm(long attempt) {
        enter();
        try {
            perform(lifecycle.alarm(attempt));
        } finally {
            leave();
        }
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void announce(ConnectionState newState) {
        state = newState;
        changed.signalAll();
        if (newState instanceof ConnectionState.Connected connected) {
            listeners.connected(connected);
        }
    }

    private void establish(ServerMessage.Welcome welcome) {
        Session open = session;
        if (open == null) {
            return;
        }
        lastTrouble = null;
        open.epoch = welcome.position().epoch();
        open.maxFrameBytes = welcome.limits().maxFrameBytes();
        open.outbox.serverAllows(open.maxFrameBytes);
        calls.serverAllows(welcome.limits().maxRequestsInFlight());
        live.queries().forEach(this::attach);
        sendWaiting();
    }

    private void interrupt(CodedException cause) {
        Session gone = session;
        calls.interrupted(cause, gone == null ? List.of() : gone.outbox.takeUnsent());
        toWake.addAll(live.handles());
        live.detachAll();
        sweepLater();
    }

    private void abort() {
        Session gone = session;
        session = null;
        if (gone != null) {
            toDo.add(gone.connection::abort);
        }
    }

    private void endAll(CodedException cause) {
        calls.failAll(cause);
        toWake.addAll(live.abandonAll(cause));
        changed.signalAll();
    }

    private void send(ClientMessage message) {
        Session open = session;
        if (open != null) {
            listeners.sent(message);
            open.outbox.add(V1Codec.encode(message), null);
        }
    }

    private void sendWaiting() {
        Session open = session;
        if (open == null || !lifecycle.isReady() || lifecycle.isLeaving()) {
            return;
        }
        for (Call call = calls.nextToSend(); call != null; call = calls.nextToSend()) {
            if (call.bytes().length > open.maxFrameBytes) {
                calls.forget(call);
                call.answer()
                        .completeExceptionally(
                                new CodedException(ErrorCode.FRAME_TOO_LARGE, "the request is too large for the server")
                                        .with("bytes", call.bytes().length)
                                        .with("limit", open.maxFrameBytes)
                                        .hint("send less at once"));
            } else {
                listeners.sent(call.message());
                open.outbox.add(call.bytes(), call);
            }
        }
    }

    private void sweepLater() {
        if (!sweeping && !calls.isEmpty()) {
            sweeping = true;
            Duration part = settings.timeouts().request().dividedBy(SWEEPS_PER_TIMEOUT);
            Duration interval =
                    part.compareTo(MIN_SWEEP) < 0 ? MIN_SWEEP : part.compareTo(MAX_SWEEP) > 0 ? MAX_SWEEP : part;
            ports.scheduler().schedule(interval, this::sweep);
        }
    }

    private void sweep() {
        enter();
        try {
            sweeping = false;
            for (long id : calls.expire(nanoTime(), lastTrouble)) {
                send(new ClientMessage.Cancel(id));
            }
            sendWaiting();
            sweepLater();
            changed.signalAll();
        } finally {
            leave();
        }
    }
}
