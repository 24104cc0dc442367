package dev.merapi.wire;

import dev.merapi.api.schema.RowType;
import java.util.List;

/**
 * What one statement gave.
 *
 * @param command the kind of statement, as PostgreSQL names it in its command tag: {@code "SELECT"}, {@code "INSERT"}
 * @param rowType columns of the rows; no columns when the statement returns no rows
 * @param rows BSATN bytes of each row; must not be modified
 * @param rowCount rows returned, or rows inserted, updated or deleted
 */
public record Result(String command, RowType rowType, List<byte[]> rows, long rowCount) {
    public Result {
        rows = List.copyOf(rows);
    }
}
