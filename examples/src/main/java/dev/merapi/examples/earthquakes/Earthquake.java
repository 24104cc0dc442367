package dev.merapi.examples.earthquakes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One seismic event in its last known state; also the shape of a row of the table, mapped by name.
 *
 * @param occurredAt when the earth shook
 * @param updatedAt when the network last revised the event
 * @param felt how many people reported it; null when nobody was asked
 */
public record Earthquake(
        String id,
        Instant occurredAt,
        Instant updatedAt,
        double magnitude,
        String magnitudeType,
        double depthKm,
        double latitude,
        double longitude,
        String place,
        String network,
        String eventType,
        String status,
        @Nullable Integer felt,
        boolean tsunami,
        int significance) {
    /** Not yet looked at by a person. */
    public static final String AUTOMATIC = "automatic";
}
