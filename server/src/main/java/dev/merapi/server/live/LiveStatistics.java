package dev.merapi.server.live;

/**
 * How the live stage is doing.
 *
 * @param subscriptions subscriptions that have begun
 * @param results distinct results they follow
 * @param deliveries updates handed to outlets since the start
 * @param queuedRows changed rows waiting for the stage
 */
public record LiveStatistics(int subscriptions, int results, long deliveries, long queuedRows) {
    static final LiveStatistics NONE = new LiveStatistics(0, 0, 0, 0);
}
