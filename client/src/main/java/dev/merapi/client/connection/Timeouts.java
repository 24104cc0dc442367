package dev.merapi.client.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.time.Duration;

/**
 * How long the client waits for what.
 *
 * @param connect for one attempt to connect, from asking for the token to the server's welcome
 * @param request for the answer to a request, from the call on; includes waiting for a connection and for its turn
 * @param heartbeat the client pings the server this often, or more often when the server wants it
 * @param pong a connection on which nothing arrived for {@code heartbeat + pong} is given up
 * @param close for the answers still outstanding when the client is closed
 */
public record Timeouts(Duration connect, Duration request, Duration heartbeat, Duration pong, Duration close) {
    /** 10 s to connect, 30 s for a request, a ping every 10 s, 5 s for the pong, 5 s to close. */
    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    public Timeouts {
        requirePositive("connect", connect);
        requirePositive("request", request);
        requirePositive("heartbeat", heartbeat);
        requirePositive("pong", pong);
        requirePositive("close", close);
    }

    public Timeouts withConnect(Duration newConnect) {
        return new Timeouts(newConnect, request, heartbeat, pong, close);
    }

    public Timeouts withRequest(Duration newRequest) {
        return new Timeouts(connect, newRequest, heartbeat, pong, close);
    }

    public Timeouts withHeartbeat(Duration newHeartbeat, Duration newPong) {
        return new Timeouts(connect, request, newHeartbeat, newPong, close);
    }

    public Timeouts withClose(Duration newClose) {
        return new Timeouts(connect, request, heartbeat, pong, newClose);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new CodedException(ErrorCode.INVALID_OPTION, "a timeout must be at least 1 ms")
                    .with("timeout", name)
                    .with("value", duration);
        }
    }
}
