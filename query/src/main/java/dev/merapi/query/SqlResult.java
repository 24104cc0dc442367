package dev.merapi.query;

import dev.merapi.api.schema.RowType;
import java.util.List;

/**
 * What a statement answered. Immutable; any thread may read it.
 *
 * @param command the kind of statement as in PostgreSQL's command tag: {@code SELECT}, {@code INSERT}, {@code CREATE
 *     TABLE} …
 * @param columns of the rows; empty for statements without rows
 * @param rows each encoded as BSATN of {@code columns}; not to be altered
 * @param rowCount the rows returned by a query, or inserted, updated or deleted by a writing statement; 0 for others
 */
public record SqlResult(String command, RowType columns, List<byte[]> rows, long rowCount) {
    /** The answer of a statement that has neither rows nor a count. */
    public static SqlResult of(String command) {
        return new SqlResult(command, RowType.EMPTY, List.of(), 0);
    }
}
