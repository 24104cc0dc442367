package dev.merapi.server.live;

import dev.merapi.query.system.LiveDescription.State;
import dev.merapi.query.system.LiveDescription.Tier;
import java.util.Map;

/**
 * What is kept live, added up.
 *
 * @param results per tier
 * @param rows held, those of tables not counted
 * @param bytes about how much memory these take
 * @param maxLag commits that the subscriber who is behind most has not been told of
 */
public record LiveSummary(
        Map<Tier, Long> results, long templates, Map<State, Long> subscribers, long rows, long bytes, long maxLag) {
    /** Nothing is kept live. */
    public static final LiveSummary NONE = new LiveSummary(Map.of(), 0, Map.of(), 0, 0, 0);

    public LiveSummary {
        results = Map.copyOf(results);
        subscribers = Map.copyOf(subscribers);
    }

    /** Distinct results kept in one way. */
    public long results(Tier tier) {
        return results.getOrDefault(tier, 0L);
    }

    /** Subscribers that are that far. */
    public long subscribers(State state) {
        return subscribers.getOrDefault(state, 0L);
    }
}
