package dev.merapi.server.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.live.LiveRequest;
import dev.merapi.server.auth.Identity;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.server.live.Outlet;
import dev.merapi.server.live.SharedMessage;
import dev.merapi.server.live.Subscription;
import dev.merapi.server.module.ModuleCaller;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.Dialect;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.Frame;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Statement;
import dev.merapi.wire.v1.V1Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: who it is, what it has asked for, and what waits to be read by it. It holds no socket: whoever owns one
 * hands in frames, takes out bytes, and says when the client is gone, all on one event loop.
 *
 * <p>Answers and updates come from other threads; they go into the outbox, and the socket is woken. When the client
 * does not read, three things happen one after the other: its live queries are no longer told of each change but get
 * net differences later; nothing is read from it any more; and if it reads nothing for too long, it is disconnected.
 */
public final class Connection implements Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** Where a connection stands. */
    private sealed interface State {
        record AwaitingHello() implements State {}

        record Ready(Identity identity, DatabaseGate database, ModuleCaller caller) implements State {}

        /** Goodbye was said, or the client is gone. */
        record Closing() implements State {}
    }

    private final long id;
    private final ConnectionHost host;
    private final Wire wire;
    private final Dialect dialect;
    private final boolean fromThisMachine;
    private final @Nullable String upgradeToken;
    private final Outbox outbox;
    private final Submissions submissions = new Submissions();
    private final Requests requests;
    private final Map<Integer, Subscription> subscriptions = new ConcurrentHashMap<>();
    private volatile boolean closed;
    /** Whether nothing is read from the client because too much waits for it. */
    private volatile boolean paused;
    /** Whether something is in the outbox that nobody has begun to send, until {@link #flush}. */
    private volatile boolean wakeIsDue;

    // Below: owned by the event loop.
    private final List<Outbox.Item> leaving = new ArrayList<>();
    private State state = new State.AwaitingHello();
    private @Nullable DatabaseGate database;
    private @Nullable Attendance attendance;

    /**
     * @param id its name in logs
     * @param fromThisMachine whether the client is certain to be on this machine
     * @param upgradeToken the bearer token of the upgrade request, or null
     */
    public Connection(
            long id,
            ConnectionHost host,
            Wire wire,
            Dialect dialect,
            boolean fromThisMachine,
            @Nullable String upgradeToken) {
        this.id = id;
        this.host = host;
        this.wire = wire;
        this.dialect = dialect;
        this.fromThisMachine = fromThisMachine;
        this.upgradeToken = upgradeToken;
        ServerLimits limits = host.limits();
        this.outbox = new Outbox(limits.get(Limit.OUTBOX_BYTES), limits.get(Limit.OUTBOX_MAX_BYTES));
        this.requests = new Requests(this, host, submissions);
    }

    @Override
    public long id() {
        return id;
    }

    // Coming in; event loop.

    /** Takes one frame. Whatever is wrong with it ends the connection. */
    public void receive(Frame frame) {
        try {
            decode(frame);
        } catch (CodedException e) {
            fail(e);
        } catch (RuntimeException e) {
            LOG.error("connection {} failed in an unforeseen way", id, e);
            close(CloseCode.INTERNAL_ERROR, "internal error");
        }
    }

    private void decode(Frame frame) {
        try {
            dialect.decode(frame, this::receive);
        } finally {
            submissions.submit();
        }
    }

    private void receive(ClientMessage message) {
        host.statistics().messagesIn.increment();
        switch (state) {
            case State.AwaitingHello s -> {
                if (message instanceof ClientMessage.Hello hello) {
                    greet(hello);
                } else {
                    throw new CodedException(ErrorCode.HELLO_EXPECTED, "first message is not Hello")
                            .with("message", message.getClass().getSimpleName());
                }
            }
            case State.Ready ready -> receive(message, ready);
            case State.Closing s -> refuse(message);
        }
    }

    private void receive(ClientMessage message, State.Ready ready) {
        switch (message) {
            case ClientMessage.Hello m -> throw new CodedException(ErrorCode.HELLO_EXPECTED, "Hello was said already");
            case ClientMessage.Execute m -> requests.execute(m, ready.database(), ready.identity());
            case ClientMessage.Query m -> requests.query(m, ready.database(), ready.identity());
            case ClientMessage.Call m -> requests.call(m, ready.database(), ready.caller(), ready.identity());
            case ClientMessage.Cancel m -> requests.cancel(m.requestId());
            case ClientMessage.Subscribe m -> subscribe(m, ready);
            case ClientMessage.NextBatch m -> {
                Subscription subscription = subscriptions.get(m.subscriptionId());
                if (subscription != null) {
                    subscription.addCredit();
                }
            }
            case ClientMessage.Unsubscribe m -> {
                Subscription subscription = subscriptions.get(m.subscriptionId());
                if (subscription != null) {
                    submissions.inOrder(() -> ready.database().live().unsubscribe(subscription));
                }
            }
            case ClientMessage.Ping m -> send(new ServerMessage.Pong(m.nonce()));
        }
    }

    /** After Goodbye: what wants an answer gets a refusal. */
    private void refuse(ClientMessage message) {
        CodedException reason =
                new CodedException(ErrorCode.SHUTTING_DOWN, "connection is being closed").hint("connect again");
        switch (message) {
            case ClientMessage.Execute m -> requests.refuse(m.requestId(), reason);
            case ClientMessage.Query m -> requests.refuse(m.requestId(), reason);
            case ClientMessage.Call m -> requests.refuse(m.requestId(), reason);
            case ClientMessage.Subscribe m ->
                send(new ServerMessage.SubscriptionEnded(m.subscriptionId(), ErrorInfo.of(reason)));
            case ClientMessage.Ping m -> send(new ServerMessage.Pong(m.nonce()));
            case ClientMessage.Cancel m -> requests.cancel(m.requestId());
            case ClientMessage.Hello m -> {}
            case ClientMessage.NextBatch m -> {}
            case ClientMessage.Unsubscribe m -> {}
        }
    }

    private void greet(ClientMessage.Hello hello) {
        if (hello.revision() < 1) {
            throw new CodedException(ErrorCode.UNSUPPORTED_REVISION, "revision is not one of the protocol")
                    .with("revision", hello.revision())
                    .hint("revisions count from 1");
        }
        String token = hello.token() != null ? hello.token() : upgradeToken;
        Identity identity = host.authenticator().authenticate(token, fromThisMachine);
        DatabaseGate found = host.databases().get(hello.database());
        ModuleCaller caller =
                ModuleCaller.of(identity.caller(), host.newConnectionId().get());
        state = new State.Ready(identity, found, caller);
        database = found;
        Attendance here = new Attendance(found, caller);
        attendance = here;
        LOG.debug(
                "connection {} is {} as {} on {}, client {}",
                id,
                identity.name(),
                identity.session().role(),
                found.name(),
                hello.clientName());
        submissions.hold();
        here.begin(() -> welcome(hello.revision(), identity, found), this::turnAway);
    }

    /** Any thread. The module, if there is one, has nothing against the client: what it has asked for can go on. */
    private void welcome(int revision, Identity identity, DatabaseGate found) {
        send(new ServerMessage.Welcome(
                Math.min(revision, V1Codec.REVISION),
                List.of(),
                id,
                identity.name(),
                found.name(),
                found.sql().position(),
                host.connectionLimits()));
        submissions.release();
    }

    /** Any thread. The module does not want the client: what it has asked for is never begun. */
    private void turnAway(CodedException reason) {
        CloseCode code = CloseCodes.of(reason);
        LOG.debug("connection {} is not wanted: {}", id, reason.toString());
        send(new ServerMessage.Goodbye(code.number(), reason.toString()));
        wire.close(code.number(), reason.toString());
    }

    private void subscribe(ClientMessage.Subscribe m, State.Ready ready) {
        int limit = host.limits().getInt(Limit.SUBSCRIPTIONS);
        if (subscriptions.containsKey(m.subscriptionId())) {
            throw new CodedException(ErrorCode.SUBSCRIPTION_ID_IN_USE, "subscription id is in use")
                    .with("subscriptionId", m.subscriptionId());
        }
        if (subscriptions.size() >= limit) {
            CodedException reason = new CodedException(
                            ErrorCode.TOO_MANY_SUBSCRIPTIONS, "connection has too many live queries")
                    .with("limit", limit)
                    .hint("end some, or use another connection");
            send(new ServerMessage.SubscriptionEnded(m.subscriptionId(), ErrorInfo.of(reason)));
            return;
        }
        LiveRequest request = request(m.statement(), ready.identity().session());
        Subscription subscription = new Subscription(m.subscriptionId(), this, request, m.options());
        subscriptions.put(m.subscriptionId(), subscription);
        submissions.inOrder(() -> ready.database().live().subscribe(subscription));
    }

    @SuppressWarnings("NullAway") // the annotation on the list's elements is lost in the class file of a record
    private static LiveRequest request(Statement statement, SessionInfo session) {
        return new LiveRequest(statement.sql(), Parameters.of(statement.parameters()), session);
    }

    /** Whether the client has said who it is. */
    public boolean isGreeted() {
        return !(state instanceof State.AwaitingHello);
    }

    /** When the client's token stops being valid, or null. */
    public @Nullable Instant expiresAt() {
        return state instanceof State.Ready ready ? ready.identity().expiresAt() : null;
    }

    // Going out.

    @Override
    public void send(ServerMessage message) {
        int size = MessageSize.of(message);
        if (message instanceof ServerMessage.Batch) {
            // Large, and from a worker that has just collected the rows: an event loop would have to fetch them again.
            BsatnWriter out = new BsatnWriter(size);
            dialect.encode(message, out);
            offer(new Outbox.Item.Encoded(out.array(), out.size()));
        } else {
            offer(new Outbox.Item.Own(message, size));
        }
    }

    @Override
    public void send(SharedMessage message) {
        offer(new Outbox.Item.Shared(message));
    }

    /** Any thread. Like {@link #send(ServerMessage)}, but it need not go before {@link #flush}, which must follow. */
    void sendOnFlush(ServerMessage message) {
        if (offerQuietly(new Outbox.Item.Own(message, MessageSize.of(message)))) {
            wakeIsDue = true;
        }
    }

    /** Any thread. */
    void flush() {
        if (wakeIsDue) {
            wakeIsDue = false;
            wire.wake();
        }
    }

    private void offer(Outbox.Item item) {
        if (offerQuietly(item)) {
            wire.wake();
        }
    }

    /** Whether somebody has to start sending. */
    private boolean offerQuietly(Outbox.Item item) {
        Outbox.Outcome outcome = outbox.offer(item);
        switch (outcome) {
            case FIRST -> {}
            case OVERFLOW -> {
                host.statistics().slowConsumers.increment();
                outbox.close();
                wire.close(CloseCode.SLOW_CONSUMER.number(), "too much is waiting to be read");
            }
            case QUEUED, CLOSED -> {}
        }
        if (outbox.isCongested() && !paused) {
            paused = true;
            wire.setReading(false);
            if (!outbox.isCongested()) {
                resumeReading();
            }
        }
        return outcome == Outbox.Outcome.FIRST;
    }

    private void resumeReading() {
        paused = false;
        wire.setReading(true);
    }

    /**
     * Event loop. Appends what is waiting, in encoded form, until about so many bytes are there or nothing is left.
     */
    public void drain(BsatnWriter out, int wantedBytes) {
        boolean relieved = outbox.take(wantedBytes, leaving);
        for (int i = 0; i < leaving.size(); i++) {
            switch (leaving.get(i)) {
                case Outbox.Item.Own own -> dialect.encode(own.message(), out);
                case Outbox.Item.Encoded encoded -> out.putRaw(encoded.bytes(), 0, encoded.sizeBytes());
                case Outbox.Item.Shared shared -> out.putRaw(shared.message().encoded(this::encodeAlone));
            }
        }
        host.statistics().messagesOut.add(leaving.size());
        leaving.clear();
        if (relieved) {
            resumeReading();
            if (database != null) {
                database.live().drained(this);
            }
        }
    }

    private byte[] encodeAlone(ServerMessage message) {
        BsatnWriter out = new BsatnWriter(256);
        dialect.encode(message, out);
        return out.toByteArray();
    }

    /** Event loop. Whether something is waiting. */
    public boolean hasOutput() {
        return !outbox.isEmpty();
    }

    @Override
    public long queuedBytes() {
        return outbox.sizeBytes();
    }

    @Override
    public boolean isCongested() {
        return outbox.isCongested();
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        return outbox.awaitRoom();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void endSubscription(int subscriptionId, @Nullable CodedException reason) {
        subscriptions.remove(subscriptionId);
        send(new ServerMessage.SubscriptionEnded(subscriptionId, reason == null ? null : ErrorInfo.of(reason)));
    }

    // The end; event loop.

    /** Ends the connection because of something the client did. */
    public void fail(CodedException e) {
        LOG.debug("connection {} is closed: {}", id, e.toString());
        close(CloseCodes.of(e), e.toString());
    }

    /** Says goodbye; requests accepted so far are still answered before the socket closes. */
    public void drainAndClose(CloseCode code, String reason) {
        if (state instanceof State.Closing) {
            return;
        }
        state = new State.Closing();
        send(new ServerMessage.Goodbye(code.number(), reason));
        requests.whenAnswered(() -> wire.close(code.number(), reason));
    }

    /** Says goodbye and closes without waiting for answers. */
    public void close(CloseCode code, String reason) {
        if (!(state instanceof State.Closing)) {
            state = new State.Closing();
            send(new ServerMessage.Goodbye(code.number(), reason));
        }
        requests.cancelAll();
        wire.close(code.number(), reason);
    }

    /** The socket is closed: forgets everything. */
    public void closed() {
        closed = true;
        if (attendance != null) {
            attendance.end();
        }
        state = new State.Closing();
        outbox.close();
        requests.cancelAll();
        if (database != null) {
            database.live().gone(this);
        }
    }
}
