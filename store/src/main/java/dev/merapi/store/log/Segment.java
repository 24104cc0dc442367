package dev.merapi.store.log;

import dev.merapi.store.Catalog;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may know about one segment. The log's thread extends the newest one; readers go no further than its
 * published length.
 */
final class Segment {
    /** How far apart the places are from which a reader may start, in bytes. */
    private static final int PLACE_DISTANCE_BYTES = 1 << 20;

    private static final Place[] NO_PLACES = new Place[0];

    /**
     * A frame inside the segment and the tables before it, so that a reader need not start at the beginning.
     *
     * @param firstOffset the offset of the first commit in the frame
     */
    record Place(long firstOffset, long position, Catalog catalog) {}

    private final String name;
    private final long firstOffset;

    // Written by the log's thread, in this order; the length last, because it is what readers look at first.
    private volatile Place[] places = NO_PLACES;
    private volatile long lastTimestampMicros;
    private volatile long length;

    Segment(String name, long firstOffset, long length, long lastTimestampMicros) {
        this.name = name;
        this.firstOffset = firstOffset;
        this.length = length;
        this.lastTimestampMicros = lastTimestampMicros;
    }

    String name() {
        return name;
    }

    long firstOffset() {
        return firstOffset;
    }

    /** The timestamp of the last commit in the segment or, if it has none, before it. */
    long lastTimestampMicros() {
        return lastTimestampMicros;
    }

    /** How many bytes readers may see. */
    long length() {
        return length;
    }

    /** Notes a frame as a place to start from, if the last such place is far enough behind. */
    void note(long frameFirstOffset, long position, Catalog catalog) {
        Place[] present = places;
        long last = present.length == 0 ? 0 : present[present.length - 1].position();
        if (position - last >= PLACE_DISTANCE_BYTES) {
            Place[] extended = Arrays.copyOf(present, present.length + 1);
            extended[present.length] = new Place(frameFirstOffset, position, catalog);
            places = extended;
        }
    }

    /** Lets readers see up to here. */
    void publish(long newLength, long newLastTimestampMicros) {
        lastTimestampMicros = newLastTimestampMicros;
        length = newLength;
    }

    /** The last known place at or before an offset; null means the beginning. */
    @Nullable
    Place placeBefore(long offset) {
        Place found = null;
        for (Place place : places) {
            if (place.firstOffset() > offset) {
                break;
            }
            found = place;
        }
        return found;
    }
}
