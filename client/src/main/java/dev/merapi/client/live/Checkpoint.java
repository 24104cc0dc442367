package dev.merapi.client.live;

/**
 * A point up to which an application has everything of one live query. Store {@code lastSeqId} together with what was
 * made of the rows; the next session goes on from it with {@link LiveOptions.Builder#from(String)}.
 *
 * @param subscriptionId names the live query within its client, for logs
 * @param lastSeqId the position in the database's history, as {@code offset@epoch}; opaque, compare it with nothing
 */
public record Checkpoint(String subscriptionId, String lastSeqId) {}
