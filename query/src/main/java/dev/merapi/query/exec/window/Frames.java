package dev.merapi.query.exec.window;

import dev.merapi.query.expr.relation.WindowFrame;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the rows of one partition: for each row the stretch from {@code start} to before {@code end}, out of
 * which {@code EXCLUDE} may take some.
 */
final class Frames {
    private final Partition partition;
    private final WindowFrame frame;
    private final FrameOffsets offsets;

    Frames(Partition partition, WindowFrame frame, FrameOffsets offsets) {
        this.partition = partition;
        this.frame = frame;
        this.offsets = offsets;
    }

    int start(int position) {
        return switch (frame.start()) {
            case WindowFrame.Bound.UnboundedPreceding b -> 0;
            case WindowFrame.Bound.UnboundedFollowing b -> partition.size();
            case WindowFrame.Bound.CurrentRow b -> currentStart(position);
            case WindowFrame.Bound.Preceding b -> offsetStart(position, false);
            case WindowFrame.Bound.Following b -> offsetStart(position, true);
        };
    }

    /** The row after the frame's last, never before {@link #start}. */
    int end(int position) {
        int end = switch (frame.end()) {
            case WindowFrame.Bound.UnboundedPreceding b -> 0;
            case WindowFrame.Bound.UnboundedFollowing b -> partition.size();
            case WindowFrame.Bound.CurrentRow b -> currentEnd(position);
            case WindowFrame.Bound.Preceding b -> offsetEnd(position, false);
            case WindowFrame.Bound.Following b -> offsetEnd(position, true);
        };
        return Math.max(end, start(position));
    }

    private int currentStart(int position) {
        return frame.unit() == WindowFrame.Unit.ROWS ? position : partition.groupStart(partition.groupOf(position));
    }

    private int currentEnd(int position) {
        return frame.unit() == WindowFrame.Unit.ROWS
                ? position + 1
                : partition.groupStart(partition.groupOf(position) + 1L);
    }

    private int offsetStart(int position, boolean following) {
        return switch (frame.unit()) {
            case ROWS -> clamp(position + signed(offsets.startRows(), following));
            case GROUPS -> partition.groupStart(partition.groupOf(position) + signed(offsets.startRows(), following));
            case RANGE -> rangeStart(position, following);
        };
    }

    private int offsetEnd(int position, boolean following) {
        return switch (frame.unit()) {
            case ROWS -> clamp(position + signed(offsets.endRows(), following) + 1);
            case GROUPS -> partition.groupStart(partition.groupOf(position) + signed(offsets.endRows(), following) + 1);
            case RANGE -> rangeEnd(position, following);
        };
    }

    /** An offset far beyond any partition is as good as this one, and cannot overflow a sum. */
    private static long signed(long offset, boolean following) {
        long bounded = Math.min(offset, Integer.MAX_VALUE);
        return following ? bounded : -bounded;
    }

    private int clamp(long position) {
        return (int) Math.max(0, Math.min(position, partition.size()));
    }

    /** The first row whose value is not before the bound; a row without value has only its peers in reach. */
    private int rangeStart(int position, boolean following) {
        Object bound = offsets.startBound(partition.row(position), following);
        if (bound == null) {
            return currentStart(position);
        }
        return firstGroup(bound, 0);
    }

    private int rangeEnd(int position, boolean following) {
        Object bound = offsets.endBound(partition.row(position), following);
        if (bound == null) {
            return currentEnd(position);
        }
        return firstGroup(bound, 1);
    }

    /** Binary search over the groups for the first that compares with the bound as {@code threshold} or above. */
    private int firstGroup(Object bound, int threshold) {
        int low = 0;
        int high = partition.groups();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offsets.compare(partition.row(partition.groupStart(middle)), bound) >= threshold) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return partition.groupStart(low);
    }

    /** Whether EXCLUDE takes a row out of the frame of another. */
    boolean isExcluded(int position, int row) {
        return switch (frame.exclusion()) {
            case NO_OTHERS -> false;
            case CURRENT_ROW -> row == position;
            case GROUP -> partition.groupOf(row) == partition.groupOf(position);
            case TIES -> row != position && partition.groupOf(row) == partition.groupOf(position);
        };
    }

    boolean excludesNothing() {
        return frame.exclusion() == WindowFrame.Exclusion.NO_OTHERS;
    }

    /** What the offsets of a frame are in one run. */
    interface FrameOffsets {
        /** The offset of a ROWS or GROUPS frame's start; likewise {@link #endRows}. */
        long startRows();

        long endRows();

        /** Where a RANGE frame starts, as a value of the order; null if the row has no value. */
        @Nullable
        Object startBound(Row row, boolean following);

        @Nullable
        Object endBound(Row row, boolean following);

        /** Compares a row's value with a bound in the window's direction; NULLs lie where the order puts them. */
        int compare(Row row, Object bound);
    }
}
