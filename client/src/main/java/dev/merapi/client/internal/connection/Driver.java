package dev.merapi.client.internal.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.connection.ConnectionListener;
import dev.merapi.client.connection.ConnectionState;
import dev.merapi.client.internal.connection.Lifecycle.Effect;
import dev.merapi.client.internal.live.LiveQuery;
import dev.merapi.client.transport.Scheduler;
import dev.merapi.client.transport.Transport;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.v1.V1Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives the connection: tells the lifecycle what socket, clock and token provider did, does what it decides, and takes
 * messages to the requests and live queries they belong to.
 *
 * <p>Guarded by the client's lock: methods called from outside enter by themselves, all others expect it to be held.
 */
final class Driver {
    private final Settings settings;
    private final Ports ports;
    private final Gate gate;
    private final Listeners listeners;
    private final Calls calls;
    private final LiveTable live;
    private final Lifecycle lifecycle;

    private ConnectionState state = new ConnectionState.Idle();
    private @Nullable Session session;
    private @Nullable CodedException lastTrouble;
    private Scheduler.@Nullable Alarm alarm;
    private long pings;

    Driver(Settings settings, Ports ports, Gate gate, Listeners listeners, Calls calls, LiveTable live) {
        this.settings = settings;
        this.ports = ports;
        this.gate = gate;
        this.listeners = listeners;
        this.calls = calls;
        this.live = live;
        this.lifecycle = new Lifecycle(settings.reconnect(), settings.timeouts(), ports.random());
    }

    ConnectionState state() {
        return state;
    }

    boolean isReady() {
        return lifecycle.isReady();
    }

    boolean isClosed() {
        return lifecycle.isClosed();
    }

    @Nullable
    Session session() {
        return session;
    }

    /** Why there is no connection; null when there is one or none was wanted yet. */
    @Nullable
    CodedException lastTrouble() {
        return lastTrouble;
    }

    /** The connection is wanted. */
    void want() {
        perform(lifecycle.want());
    }

    /** No connection is wanted any more; the present one is left to be closed with manners. */
    void close() {
        perform(lifecycle.close());
    }

    // ---- what happens; the lock is taken here

    private final class Receiver implements Transport.Listener {
        private final long attempt;

        private Receiver(long attempt) {
            this.attempt = attempt;
        }

        @Override
        public void opened(Transport.Connection connection) {
            gate.inside(() -> {
                if (lifecycle.attempt() != attempt) {
                    gate.later(connection::abort);
                    return;
                }
                Outbox outbox = new Outbox(connection, failure -> sendFailed(attempt, failure));
                session = new Session(attempt, connection, outbox);
                perform(lifecycle.opened(attempt));
            });
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
            ports.callbacks().hold();
            gate.enter();
            try {
                receive(attempt, messages, malformed);
            } finally {
                gate.leave();
                ports.callbacks().release();
            }
        }

        @Override
        public void closed(Transport.Closing how) {
            lost(attempt, how);
        }
    }

    private void sendFailed(long attempt, Throwable failure) {
        lost(attempt, Transport.Closing.failed("sending failed: " + failure, Transport.Closing.Retry.YES));
    }

    private void lost(long attempt, Transport.Closing how) {
        gate.inside(() -> {
            perform(lifecycle.closed(attempt, how));
            if (session != null && session.attempt() == attempt) {
                session = null;
            }
            gate.changed();
        });
    }

    private void startFetchingToken(long attempt) {
        if (settings.tokensAreFixed()) {
            fetchToken(attempt);
        } else {
            ports.blocking().execute(() -> fetchToken(attempt));
        }
    }

    private void fetchToken(long attempt) {
        String token;
        try {
            token = settings.tokens().token();
        } catch (Exception e) {
            gate.inside(() -> perform(lifecycle.tokenFailed(attempt, e)));
            return;
        }
        gate.inside(() -> perform(lifecycle.tokenReady(attempt, token)));
    }

    // ---- messages

    private void receive(long attempt, List<ServerMessage> messages, @Nullable CodedException malformed) {
        if (session == null || session.attempt() != attempt) {
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
        gate.changed();
    }

    private void receive(long attempt, ServerMessage message) {
        switch (message) {
            case ServerMessage.Welcome m -> perform(lifecycle.welcomed(attempt, m));
            case ServerMessage.Results m -> calls.results(m);
            case ServerMessage.ResultRows m -> calls.rows(m);
            case ServerMessage.RequestFailed m -> calls.failed(m.requestId(), m.error());
            case ServerMessage.Subscribed m -> touch(m.subscriptionId(), query -> query.subscribed(m));
            case ServerMessage.Batch m -> touch(m.subscriptionId(), query -> query.batch(m));
            case ServerMessage.Update m -> live.readersOf(m).forEach(reader -> touch(reader, query -> query.update(m)));
            case ServerMessage.NetUpdate m -> touch(m.subscriptionId(), query -> query.netUpdate(m));
            case ServerMessage.Progress m ->
                live.queries().forEach(each -> touch(each, query -> query.progress(m.offset())));
            case ServerMessage.SubscriptionEnded m -> touch(m.subscriptionId(), query -> query.ended(m.error()));
            case ServerMessage.Live m -> {}
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

    /** Does something with a live query and lets the application's side look at the result. */
    void touch(LiveQuery query, Consumer<LiveQuery> action) {
        gate.wake(live.handle(query));
        live.with(query, action);
    }

    /** Opens a live query over the present connection, if there is one. */
    void attach(LiveQuery query) {
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
            return own.epoch();
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
            if (session == own) {
                Driver.this.send(message);
            }
        }

        @Override
        public void retryLater(LiveQuery query) {
            Duration delay = settings.reconnect().delayBefore(1, ports.random());
            var unused = ports.scheduler().schedule(delay, () -> gate.inside(() -> attach(query)));
        }
    }

    void send(ClientMessage message) {
        Session open = session;
        if (open != null) {
            listeners.sent(message);
            open.outbox().add(V1Codec.encode(message), null);
            gate.flush(open.outbox());
        }
    }

    /** Sends requests that wait, as many as may be under way. */
    void sendWaiting() {
        Session open = session;
        if (open == null || !lifecycle.isReady() || lifecycle.isLeaving()) {
            return;
        }
        for (Call call = calls.nextToSend(); call != null; call = calls.nextToSend()) {
            if (call.bytes().length > open.maxFrameBytes()) {
                calls.refuse(
                        call,
                        new CodedException(ErrorCode.FRAME_TOO_LARGE, "the request is too large for the server")
                                .with("bytes", call.bytes().length)
                                .with("limit", open.maxFrameBytes())
                                .hint("send less at once"));
            } else {
                listeners.sent(call.message());
                open.outbox().add(call.bytes(), call);
                gate.flush(open.outbox());
            }
        }
    }

    // ---- carrying out what the lifecycle decided

    private void perform(List<Effect> effects) {
        effects.forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.FetchToken(long attempt) -> gate.later(() -> startFetchingToken(attempt));
            case Effect.Open(long attempt) -> gate.later(() -> ports.transport().open(target(), new Receiver(attempt)));
            case Effect.SayHello(String token) ->
                send(new ClientMessage.Hello(
                        V1Codec.REVISION, List.of(), token, settings.database(), settings.clientName()));
            case Effect.Ping() -> send(new ClientMessage.Ping(++pings));
            case Effect.SetAlarm(long attempt, Duration delay) -> {
                cancelAlarm();
                alarm = ports.scheduler().schedule(delay, () -> gate.inside(() -> perform(lifecycle.alarm(attempt))));
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
                calls.failAll(cause);
                gate.wake(live.abandonAll(cause));
                gate.later(ports.onClosed());
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

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void announce(ConnectionState newState) {
        state = newState;
        gate.changed();
        if (newState instanceof ConnectionState.Connected connected) {
            listeners.connected(connected);
        }
    }

    private void establish(ServerMessage.Welcome welcome) {
        lastTrouble = null;
        if (session != null) {
            session.welcomed(welcome);
        }
        calls.serverAllows(welcome.limits().maxRequestsInFlight());
        live.queries().forEach(this::attach);
        sendWaiting();
    }

    private void interrupt(CodedException cause) {
        Session gone = session;
        calls.interrupted(cause, gone == null ? List.of() : gone.outbox().takeUnsent());
        gate.wake(live.handles());
        live.detachAll();
    }

    private void abort() {
        Session gone = session;
        session = null;
        if (gone != null) {
            gate.later(gone.connection()::abort);
        }
    }
}
