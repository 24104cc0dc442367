package dev.merapi.query.expr.relation;

import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Which rows of its partition a window function sees from each row. */
public record WindowFrame(Unit unit, Bound start, Bound end, Exclusion exclusion) {
    /** In what the offsets of a frame count. */
    public enum Unit {
        ROWS,
        /** The difference of the one ordering column. */
        RANGE,
        /** Groups of peers. */
        GROUPS
    }

    /** Rows left out of the frame whatever its bounds. */
    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }

    /** Where a frame starts or ends. */
    public sealed interface Bound {
        /** The first row of the partition. */
        record UnboundedPreceding() implements Bound {}

        /**
         * So far before the current row; the offset is the same for all rows of an execution, not NULL, not negative.
         */
        record Preceding(RexNode offset) implements Bound {}

        /** The current row; with RANGE and GROUPS, its whole group of peers. */
        record CurrentRow() implements Bound {}

        /** So far after the current row. */
        record Following(RexNode offset) implements Bound {}

        /** The last row of the partition. */
        record UnboundedFollowing() implements Bound {}

        /** The offset, where there is one. */
        default @Nullable RexNode offsetOrNull() {
            return switch (this) {
                case Preceding preceding -> preceding.offset();
                case Following following -> following.offset();
                case UnboundedPreceding b -> null;
                case CurrentRow b -> null;
                case UnboundedFollowing b -> null;
            };
        }
    }

    /** What SQL means when no frame is written: up to and with the peers of the current row. */
    public static final WindowFrame DEFAULT =
            new WindowFrame(Unit.RANGE, new Bound.UnboundedPreceding(), new Bound.CurrentRow(), Exclusion.NO_OTHERS);

    /** The frame as SQL writes it. */
    @Override
    public String toString() {
        String text = unit + " BETWEEN " + render(start) + " AND " + render(end);
        return exclusion == Exclusion.NO_OTHERS
                ? text
                : text + " EXCLUDE " + exclusion.name().replace('_', ' ');
    }

    private static String render(Bound bound) {
        return switch (bound) {
            case Bound.UnboundedPreceding b -> "UNBOUNDED PRECEDING";
            case Bound.Preceding preceding -> preceding.offset() + " PRECEDING";
            case Bound.CurrentRow b -> "CURRENT ROW";
            case Bound.Following following -> following.offset() + " FOLLOWING";
            case Bound.UnboundedFollowing b -> "UNBOUNDED FOLLOWING";
        };
    }
}
