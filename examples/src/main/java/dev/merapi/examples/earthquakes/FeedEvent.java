package dev.merapi.examples.earthquakes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the feed of a seismic network says, at the moment it says it. */
public sealed interface FeedEvent {
    Earthquake earthquake();

    Instant at();

    /** The instruments have noticed an event; nobody has looked at it yet. */
    record Detected(Earthquake earthquake) implements FeedEvent {
        @Override
        public Instant at() {
            return earthquake.occurredAt();
        }
    }

    /** The event has got its final state. */
    record Revised(Earthquake earthquake) implements FeedEvent {
        @Override
        public Instant at() {
            return earthquake.updatedAt();
        }
    }

    /** Both messages about each event, in the order in which they came. */
    static List<FeedEvent> timeline(List<Earthquake> earthquakes) {
        List<FeedEvent> events = new ArrayList<>(earthquakes.size() * 2);
        for (Earthquake earthquake : earthquakes) {
            events.add(new Detected(earthquake));
            events.add(new Revised(earthquake));
        }
        events.sort(Comparator.comparing(FeedEvent::at));
        return events;
    }
}
