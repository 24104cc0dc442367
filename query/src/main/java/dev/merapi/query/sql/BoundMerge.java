package dev.merapi.query.sql;

import dev.merapi.api.schema.ColumnType;
import java.util.List;

/**
 * A MERGE: writes of one table, in order. All of them read the tables as they were before the first, and no row may be
 * found by two of them.
 */
public record BoundMerge(List<BoundWrite> parts, List<ColumnType> parameterTypes) implements BoundStatement {}
