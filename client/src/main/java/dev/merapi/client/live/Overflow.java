package dev.merapi.client.live;

/**
 * What happens to {@code liveEvents} when the application is so slow that the events waiting for it reach the limit
 * ({@link LiveOptions.Builder#maxBufferedRows}). Nothing is dropped silently in either case.
 */
public enum Overflow {
    /**
     * The live query is paused at the server and the events that wait are handed out; then it is resumed from there.
     * The changes of the meantime arrive as one net difference: a row that changed three times shows one change.
     */
    PAUSE,
    /** The events that wait are handed out; then the live query ends with LIVE_CONSUMER_TOO_SLOW. */
    END
}
