package dev.merapi.wire;

import java.util.Optional;

/**
 * The codes with which a server closes a connection. The number alone says what a client should do, also a number it
 * has never heard of: see {@link #reactionTo(int)}.
 */
public enum CloseCode {
    /** Both sides are done. */
    NORMAL(1000),
    /** The server shuts down or restarts; everything it accepted has been answered. */
    GOING_AWAY(1001),

    /** The client did not read for too long, or fell too far behind. Its subscriptions can be resumed. */
    SLOW_CONSUMER(4000),
    /** Nothing arrived from the client within the idle timeout. */
    IDLE_TIMEOUT(4001),
    /** The server has as many connections as it is allowed to have. */
    TOO_MANY_CONNECTIONS(4002),
    /** The client did not say hello in time. */
    HELLO_TIMEOUT(4003),
    /** The database of the connection was closed. */
    DATABASE_CLOSED(4004),
    /** The server failed in a way it did not foresee. */
    INTERNAL_ERROR(4005),

    /** The server wants a token, and none was given. */
    TOKEN_MISSING(4200),
    /** The token is not one the server knows or trusts. */
    TOKEN_INVALID(4201),
    /** The token was good and has expired. */
    TOKEN_EXPIRED(4202),

    /** The client sent something that is not this protocol. */
    PROTOCOL_ERROR(4400),
    /** A frame was longer than the limit. */
    FRAME_TOO_LARGE(4401),
    /** The two sides have no revision of the protocol in common. */
    UNSUPPORTED_REVISION(4402),
    /** The server has no database of that name. */
    UNKNOWN_DATABASE(4403),
    /** The identity may not do that here. */
    FORBIDDEN(4404);

    /** What a client does after a connection was closed. */
    public enum Reaction {
        /** Connect again, with backoff, and resume the subscriptions from their positions. */
        RECONNECT,
        /** Get a fresh token, then connect again. */
        REAUTHENTICATE,
        /** Do not connect again: it would end the same way until somebody changes something. */
        STAY_AWAY
    }

    private static final int FIRST_OWN = 4000;
    private static final int FIRST_REAUTHENTICATE = 4200;
    private static final int FIRST_STAY_AWAY = 4400;

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    /** The number in the WebSocket close frame. */
    public int number() {
        return number;
    }

    public Reaction reaction() {
        return reactionTo(number);
    }

    public static Optional<CloseCode> find(int number) {
        for (CloseCode code : values()) {
            if (code.number == number) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    /**
     * What a client should do after a close with this number: 4000–4199 reconnect, 4200–4399 reconnect with a fresh
     * token, 4400–4999 stay away. The standard codes for a normal end and for errors of the sender mean stay away, all
     * others (going away, no close frame at all, …) mean reconnect.
     */
    public static Reaction reactionTo(int number) {
        if (number >= FIRST_OWN) {
            if (number < FIRST_REAUTHENTICATE) {
                return Reaction.RECONNECT;
            }
            return number < FIRST_STAY_AWAY ? Reaction.REAUTHENTICATE : Reaction.STAY_AWAY;
        }
        return switch (number) {
            // normal end; protocol error, wrong kind of data, invalid text, policy, too big, missing extension
            case 1000, 1002, 1003, 1007, 1008, 1009, 1010 -> Reaction.STAY_AWAY;
            default -> Reaction.RECONNECT;
        };
    }
}
