package dev.merapi.store;

import dev.merapi.api.schema.TableName;

/**
 * The size of one table, for metrics.
 *
 * @param rowBytes the total length of the rows in bytes, without indexes and overhead
 */
public record TableStatistics(int tableId, TableName name, long rowCount, long rowBytes) {}
