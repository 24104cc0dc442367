package dev.merapi.query.expr;

import org.jspecify.annotations.Nullable;

/**
 * One partition, sorted, as seen from one of its rows. Rows are numbered from 0 in the window's order; rows that the
 * order does not tell apart are peers and form a group.
 */
public interface WindowView {
    int partitionSize();

    /** The row whose value is wanted. */
    int position();

    /** The first row of the current row's group. */
    int groupStart();

    /** The row after the last of the current row's group. */
    int groupEnd();

    /** How many groups come before the current row's. */
    int groupsBefore();

    /** The row that is n-th (from 0) in the frame, excluded rows not counted; -1 when the frame has no such row. */
    int frameRow(int n);

    /** The last row of the frame, excluded rows not counted; -1 when the frame is empty. */
    int lastFrameRow();

    /** An argument of the call as it is in a row of the partition. */
    @Nullable
    Object argument(int row, int argument);

    /** Whether the call says IGNORE NULLS. */
    boolean ignoreNulls();
}
