package dev.merapi.client.internal.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.connection.ConnectionState;
import dev.merapi.client.connection.ReconnectPolicy;
import dev.merapi.client.connection.Timeouts;
import dev.merapi.client.transport.Transport.Closing;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to connect, when to give a connection up and when to try again. It is told what happened and answers what is to
 * be done; it does nothing itself.
 *
 * <p>Every attempt has a number. Whatever is told about an attempt that is not the present one is ignored, so answers
 * that come too late do no harm. In every state at most one alarm is set: each new one replaces the one before.
 */
final class Lifecycle {
    /** Fresh tokens that were refused in a row before the client gives up. */
    private static final int MAX_REFUSED_TOKENS = 3;

    private final ReconnectPolicy policy;
    private final Timeouts timeouts;
    private final RandomGenerator random;

    private State state = new State.Idle();
    private long attempts;
    private int failures;
    private int refusedTokens;
    private @Nullable String refusedToken;
    private ServerMessage.@Nullable Goodbye goodbye;

    private sealed interface State {
        record Idle() implements State {}

        /** Waiting for a token. */
        record Authorizing(long attempt) implements State {}

        /** Waiting for the socket. */
        record Opening(long attempt, @Nullable String token) implements State {}

        /** Waiting for the welcome. */
        record Greeting(long attempt, @Nullable String token) implements State {}

        record Ready(long attempt, Duration heartbeat, boolean pinged, boolean heard) implements State {}

        /** Waiting for the next attempt. */
        record Pausing(long attempt) implements State {}

        record Closed() implements State {}
    }

    /** What is to be done, in order. */
    sealed interface Effect {
        record FetchToken(long attempt) implements Effect {}

        record Open(long attempt) implements Effect {}

        record SayHello(@Nullable String token) implements Effect {}

        record Ping() implements Effect {}

        record SetAlarm(long attempt, Duration delay) implements Effect {}

        record CancelAlarm() implements Effect {}

        /** The connection can be used. */
        record Establish(ServerMessage.Welcome welcome) implements Effect {}

        /** An established connection is gone; comes before the {@link Abort} that forgets it. */
        record Interrupt(CodedException cause, int code, String reason, boolean reconnecting) implements Effect {}

        /** Drop the socket, whatever state it is in. */
        record Abort() implements Effect {}

        record Announce(ConnectionState state) implements Effect {}

        record Report(CodedException error, boolean recoverable) implements Effect {}

        /** Nothing will come any more. */
        record End(CodedException cause) implements Effect {}
    }

    Lifecycle(ReconnectPolicy policy, Timeouts timeouts, RandomGenerator random) {
        this.policy = policy;
        this.timeouts = timeouts;
        this.random = random;
    }

    boolean isReady() {
        return state instanceof State.Ready;
    }

    boolean isClosed() {
        return state instanceof State.Closed;
    }

    /** Whether the server said it is about to close: nothing new is to be sent. */
    boolean isLeaving() {
        return goodbye != null;
    }

    /** The present attempt, or -1. */
    long attempt() {
        return switch (state) {
            case State.Authorizing s -> s.attempt();
            case State.Opening s -> s.attempt();
            case State.Greeting s -> s.attempt();
            case State.Ready s -> s.attempt();
            case State.Pausing s -> s.attempt();
            case State.Idle s -> -1;
            case State.Closed s -> -1;
        };
    }

    /** The connection is wanted. */
    List<Effect> want() {
        return state instanceof State.Idle ? begin() : List.of();
    }

    List<Effect> tokenReady(long attempt, @Nullable String token) {
        if (!(state instanceof State.Authorizing s) || s.attempt() != attempt) {
            return List.of();
        }
        if (token != null && token.equals(refusedToken)) {
            CodedException cause = new CodedException(
                            ErrorCode.INVALID_TOKEN, "the server has refused this token already")
                    .hint("the token provider must give another one");
            return giveUp(cause, Closing.failed(cause.text(), Closing.Retry.NO), false);
        }
        state = new State.Opening(attempt, token);
        return List.of(new Effect.Open(attempt));
    }

    List<Effect> tokenFailed(long attempt, Exception cause) {
        if (!(state instanceof State.Authorizing s) || s.attempt() != attempt) {
            return List.of();
        }
        return failed(new CodedException(ErrorCode.TOKEN_UNAVAILABLE, "the token provider failed")
                .with("cause", cause)
                .causedBy(cause));
    }

    List<Effect> opened(long attempt) {
        if (!(state instanceof State.Opening s) || s.attempt() != attempt) {
            return List.of();
        }
        state = new State.Greeting(attempt, s.token());
        return List.of(new Effect.SayHello(s.token()));
    }

    List<Effect> welcomed(long attempt, ServerMessage.Welcome welcome) {
        if (!(state instanceof State.Greeting s) || s.attempt() != attempt) {
            return List.of();
        }
        failures = 0;
        refusedTokens = 0;
        refusedToken = null;
        Duration heartbeat = heartbeat(welcome.limits().idleTimeoutMillis());
        state = new State.Ready(attempt, heartbeat, false, true);
        return List.of(
                new Effect.SetAlarm(attempt, heartbeat),
                new Effect.Announce(
                        new ConnectionState.Connected(welcome.connectionId(), welcome.identity(), welcome.database())),
                new Effect.Establish(welcome));
    }

    /** A third of the time after which the server would close: one ping may get lost and another be late. */
    private Duration heartbeat(int idleTimeoutMillis) {
        Duration wanted = timeouts.heartbeat();
        Duration needed = Duration.ofMillis(Math.max(1, idleTimeoutMillis / 3));
        return idleTimeoutMillis > 0 && needed.compareTo(wanted) < 0 ? needed : wanted;
    }

    /** Something arrived. Called for every frame. */
    void heard(long attempt) {
        if (state instanceof State.Ready s && s.attempt() == attempt && !s.heard()) {
            state = new State.Ready(attempt, s.heartbeat(), s.pinged(), true);
        }
    }

    void goodbye(long attempt, ServerMessage.Goodbye message) {
        if (attempt == attempt()) {
            goodbye = message;
        }
    }

    List<Effect> alarm(long attempt) {
        if (attempt != attempt()) {
            return List.of();
        }
        return switch (state) {
            case State.Authorizing s -> timedOut("the token");
            case State.Opening s -> timedOut("the connection");
            case State.Greeting s -> timedOut("the server's welcome");
            case State.Ready s -> beat(s);
            case State.Pausing s -> begin();
            case State.Idle s -> List.of();
            case State.Closed s -> List.of();
        };
    }

    private List<Effect> beat(State.Ready s) {
        if (!s.pinged()) {
            state = new State.Ready(s.attempt(), s.heartbeat(), true, false);
            return List.of(new Effect.Ping(), new Effect.SetAlarm(s.attempt(), timeouts.pong()));
        }
        if (s.heard()) {
            state = new State.Ready(s.attempt(), s.heartbeat(), false, true);
            return List.of(new Effect.SetAlarm(s.attempt(), s.heartbeat()));
        }
        return closed(
                s.attempt(),
                Closing.failed("no answer to a ping for " + timeouts.pong().toMillis() + " ms", Closing.Retry.YES));
    }

    private List<Effect> timedOut(String what) {
        return failed(new CodedException(ErrorCode.CONNECTION_FAILED, "connecting took too long")
                .with("waitedFor", what)
                .with("timeout", timeouts.connect()));
    }

    /** The socket is gone, or never came. */
    List<Effect> closed(long attempt, Closing closing) {
        if (attempt != attempt() || state instanceof State.Pausing) {
            return List.of();
        }
        boolean wasReady = state instanceof State.Ready;
        Closing actual = goodbye != null && closing.code() == Closing.NO_CODE
                ? Closing.byCode(goodbye.code(), goodbye.reason())
                : closing;
        CodedException cause = Refusals.cause(actual, wasReady);
        return switch (Refusals.reaction(actual)) {
            case RECONNECT -> retry(cause, actual, wasReady);
            case REAUTHENTICATE -> reauthenticate(cause, actual, wasReady);
            case STAY_AWAY -> giveUp(cause, actual, wasReady);
        };
    }

    /** Something the server sent makes no sense: there is no way to go on with this connection, or another one. */
    List<Effect> broken(long attempt, CodedException cause) {
        if (attempt != attempt()) {
            return List.of();
        }
        Closing closing = new Closing(Closing.NO_CODE, cause.text(), Closing.Retry.NO);
        return giveUp(cause, closing, state instanceof State.Ready);
    }

    /** The application is done. */
    List<Effect> close() {
        if (state instanceof State.Closed) {
            return List.of();
        }
        state = new State.Closed();
        return List.of(new Effect.CancelAlarm(), new Effect.Announce(new ConnectionState.Closed(Optional.empty())));
    }

    private List<Effect> begin() {
        long attempt = ++attempts;
        goodbye = null;
        state = new State.Authorizing(attempt);
        return List.of(
                new Effect.Announce(new ConnectionState.Connecting(failures + 1)),
                new Effect.SetAlarm(attempt, timeouts.connect()),
                new Effect.FetchToken(attempt));
    }

    private List<Effect> failed(CodedException cause) {
        return retry(cause, Closing.failed(cause.text(), Closing.Retry.YES), false);
    }

    private List<Effect> reauthenticate(CodedException cause, Closing closing, boolean wasReady) {
        String token = token();
        refusedTokens++;
        refusedToken = token;
        boolean expired = closing.code() == CloseCode.TOKEN_EXPIRED.number();
        if (refusedTokens > MAX_REFUSED_TOKENS || (token == null && !wasReady && !expired)) {
            return giveUp(cause, closing, wasReady);
        }
        return retry(cause, closing, wasReady);
    }

    private @Nullable String token() {
        return switch (state) {
            case State.Opening s -> s.token();
            case State.Greeting s -> s.token();
            case State.Idle s -> null;
            case State.Authorizing s -> null;
            case State.Ready s -> null;
            case State.Pausing s -> null;
            case State.Closed s -> null;
        };
    }

    private List<Effect> retry(CodedException cause, Closing closing, boolean wasReady) {
        int next = failures + 1;
        if (!policy.allows(next)) {
            return giveUp(cause, closing, wasReady);
        }
        failures = next;
        Duration delay = policy.delayBefore(next, random);
        long attempt = attempt();
        List<Effect> effects = new ArrayList<>();
        if (wasReady) {
            effects.add(new Effect.Interrupt(cause, closing.code(), closing.reason(), true));
        }
        effects.add(new Effect.Abort());
        effects.add(new Effect.Report(cause, true));
        state = new State.Pausing(attempt);
        effects.add(new Effect.Announce(new ConnectionState.Waiting(next, delay, cause)));
        effects.add(new Effect.SetAlarm(attempt, delay));
        return effects;
    }

    private List<Effect> giveUp(CodedException cause, Closing closing, boolean wasReady) {
        List<Effect> effects = new ArrayList<>();
        if (wasReady) {
            effects.add(new Effect.Interrupt(cause, closing.code(), closing.reason(), false));
        }
        effects.add(new Effect.Abort());
        effects.add(new Effect.Report(cause, false));
        effects.addAll(end(cause));
        return effects;
    }

    private List<Effect> end(CodedException cause) {
        Objects.requireNonNull(cause);
        state = new State.Closed();
        return List.of(
                new Effect.CancelAlarm(),
                new Effect.Announce(new ConnectionState.Closed(Optional.of(cause))),
                new Effect.End(cause));
    }
}
