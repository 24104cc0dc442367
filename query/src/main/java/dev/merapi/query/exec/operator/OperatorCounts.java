package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.row.Row;

/** What an operator did in one run of a statement, for EXPLAIN ANALYZE. */
public final class OperatorCounts {
    private long runs;
    private long rows;

    RowSource count(RowSource source) {
        runs++;
        return () -> {
            Row row = source.next();
            if (row != null) {
                rows++;
            }
            return row;
        };
    }

    /** How often it was started. */
    public long runs() {
        return runs;
    }

    /** How many rows it gave in all. */
    public long rows() {
        return rows;
    }
}
