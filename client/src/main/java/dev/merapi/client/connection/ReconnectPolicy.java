package dev.merapi.client.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again after a connection was lost or could not be made. The delay doubles with each failed attempt up to
 * a maximum, and a random part of it is taken away so that the clients of a restarted server do not return in one wave.
 *
 * @param initialDelay before the first new attempt, at least 1 ms
 * @param maxDelay the longest delay, at least {@code initialDelay}
 * @param jitter the largest part of a delay that chance takes away, 0 to 1
 * @param maxAttempts attempts in a row before the client gives up and closes; 0 means never to reconnect
 */
public record ReconnectPolicy(Duration initialDelay, Duration maxDelay, double jitter, int maxAttempts) {
    /** 250 ms doubling to 30 s, up to half of it taken away, without end. */
    public static final ReconnectPolicy DEFAULT =
            new ReconnectPolicy(Duration.ofMillis(250), Duration.ofSeconds(30), 0.5, Integer.MAX_VALUE);

    /** The first loss ends the client. */
    public static final ReconnectPolicy NEVER = new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 0, 0);

    /** Doubling more often than this exceeds every sensible maximum and would overflow. */
    private static final int MAX_DOUBLINGS = 40;

    public ReconnectPolicy {
        if (initialDelay.toMillis() < 1 || maxDelay.compareTo(initialDelay) < 0) {
            throw new CodedException(ErrorCode.INVALID_OPTION, "reconnect delays are out of order")
                    .with("initialDelay", initialDelay)
                    .with("maxDelay", maxDelay)
                    .hint("1 ms <= initialDelay <= maxDelay");
        }
        if (!(jitter >= 0 && jitter <= 1) || maxAttempts < 0) {
            throw new CodedException(ErrorCode.INVALID_OPTION, "reconnect policy is out of range")
                    .with("jitter", jitter)
                    .with("maxAttempts", maxAttempts)
                    .hint("0 <= jitter <= 1 and maxAttempts >= 0");
        }
    }

    /**
     * The delay before an attempt.
     *
     * @param attempt 1 for the first attempt after the loss
     */
    public Duration delayBefore(int attempt, RandomGenerator random) {
        int doublings = Math.min(Math.max(attempt - 1, 0), MAX_DOUBLINGS);
        double fullMillis = Math.min((double) maxDelay.toMillis(), initialDelay.toMillis() * Math.pow(2, doublings));
        double kept = 1 - jitter * random.nextDouble();
        return Duration.ofMillis(Math.max(1, Math.round(fullMillis * kept)));
    }

    public boolean allows(int attempt) {
        return attempt <= maxAttempts;
    }
}
