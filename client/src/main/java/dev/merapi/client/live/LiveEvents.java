package dev.merapi.client.live;

/**
 * A live query as the events of which it consists, none of them skipped. Events that wait for a slow application are
 * bounded, see {@link Overflow}.
 */
public interface LiveEvents extends LiveSubscription<LiveEvent> {}
