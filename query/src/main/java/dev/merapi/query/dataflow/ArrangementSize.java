package dev.merapi.query.dataflow;

import org.jspecify.annotations.Nullable;

/**
 * What a part of a circuit holds.
 *
 * @param name which part, as in {@link CircuitTemplate#explain}
 * @param tableId the table whose rows they are; null when they are computed
 * @param key by which they are found, for people; empty when by none
 * @param rows different rows, or groups
 * @param bytes about how much memory they take; the bytes of stored rows, shared with their tables, do not count
 * @param uses how many operators look into it
 */
public record ArrangementSize(String name, @Nullable Integer tableId, String key, long rows, long bytes, int uses) {}
