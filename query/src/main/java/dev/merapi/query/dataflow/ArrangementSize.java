package dev.merapi.query.dataflow;

/**
 * What a part of a circuit holds.
 *
 * @param name which part, as in {@link CircuitTemplate#explain}
 * @param rows different rows, or groups
 * @param bytes about how much memory they take; the bytes of stored rows, shared with their tables, do not count
 */
public record ArrangementSize(String name, long rows, long bytes) {}
