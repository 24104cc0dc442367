package dev.merapi.store;

/**
 * The new state of one auto-increment sequence.
 *
 * @param column the position of its column in the table as it is after the commit
 * @param lastValue the highest value handed out; the next one is one more
 */
public record SequenceChange(int tableId, int column, long lastValue) {}
