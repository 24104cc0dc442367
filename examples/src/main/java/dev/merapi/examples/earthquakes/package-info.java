/**
 * A week of real earthquakes, replayed: one client writes them, another watches.
 *
 * <p>Reading the file and the order of events are plain values; only {@code EarthquakeReplay} waits, and only on its
 * caller's thread.
 */
package dev.merapi.examples.earthquakes;
