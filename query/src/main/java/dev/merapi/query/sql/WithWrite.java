package dev.merapi.query.sql;

/**
 * A common table expression that writes: {@code WITH gone AS (DELETE … RETURNING *)}. Its RETURNING rows are what a
 * {@code WorkingTableNode} of this number yields in the rest of the statement.
 *
 * <p>All parts of a statement read the tables as they were before it, as in PostgreSQL: the rows of {@code source}
 * trees and of the main query are to be computed from that state.
 */
public record WithWrite(int workingTable, BoundWrite write) {}
