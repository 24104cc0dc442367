package dev.merapi.query.sql;

import dev.merapi.api.schema.RowType;
import org.apache.calcite.rel.RelNode;

/**
 * A RETURNING clause: a query over the rows that were written.
 *
 * @param workingTable number of the {@code WorkingTableNode} in {@code rel} that stands for the written rows; what
 *     their columns are is said at each writing statement
 * @param rowType columns as the client sees them
 */
public record Returning(int workingTable, RelNode rel, RowType rowType) {}
