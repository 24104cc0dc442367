package dev.merapi.query.live.row;

import org.jspecify.annotations.Nullable;

/**
 * One row of a result before and after: inserted when {@code before} is null, deleted when {@code after} is null, else
 * updated. Rows are encoded in the result's row type and never altered.
 */
public record RowChange(byte @Nullable [] before, byte @Nullable [] after) {}
