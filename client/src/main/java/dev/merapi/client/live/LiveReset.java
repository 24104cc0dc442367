package dev.merapi.client.live;

/**
 * The position of a live query was of no use to the server; all rows come anew.
 *
 * @param subscriptionId names the live query within its client
 * @param reason such as {@code HISTORY_TRUNCATED}, {@code OTHER_EPOCH}, {@code POSITION_AHEAD} or {@code
 *     SCHEMA_CHANGED}
 */
public record LiveReset(String subscriptionId, String reason) {}
