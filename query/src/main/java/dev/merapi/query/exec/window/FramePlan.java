package dev.merapi.query.exec.window;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How the offsets of a frame are found. Immutable.
 *
 * @param start the offset in the frame's start, null where it has none; likewise {@code end}
 * @param range what a RANGE frame with offsets needs besides, null for others
 */
public record FramePlan(
        @Nullable Evaluator start,
        @Nullable Evaluator end,
        @Nullable Range range) {
    public static final FramePlan NO_OFFSETS = new FramePlan(null, null, null);

    /**
     * Arithmetic on the one ordering column.
     *
     * @param convert brings a value of the column to the type of the sums; null where it is of that type
     * @param order of that type, ascending
     */
    public record Range(
            int column,
            boolean descending,
            boolean nullsFirst,
            @Nullable ScalarFunction convert,
            @Nullable ScalarFunction plusStart,
            @Nullable ScalarFunction minusStart,
            @Nullable ScalarFunction plusEnd,
            @Nullable ScalarFunction minusEnd,
            Comparator<Object> order) {}

    /** The offsets as they are in this execution. */
    Frames.FrameOffsets settle(EvalContext eval) {
        return new Settled(this, offset(start, "starting", eval), offset(end, "ending", eval), eval);
    }

    private @Nullable Object offset(@Nullable Evaluator evaluator, String which, EvalContext eval) {
        if (evaluator == null) {
            return null;
        }
        Object value = evaluator.eval(ArrayRow.EMPTY, eval);
        if (value == null) {
            throw new CodedException(ErrorCode.NULL_NOT_ALLOWED, "frame " + which + " offset must not be NULL");
        }
        if (value instanceof Number number && number.doubleValue() < 0) {
            throw new CodedException(ErrorCode.INVALID_FRAME, "frame " + which + " offset must not be negative")
                    .with("offset", number);
        }
        return value;
    }

    private record Settled(
            FramePlan plan,
            @Nullable Object start,
            @Nullable Object end,
            EvalContext eval) implements Frames.FrameOffsets {
        @Override
        public long startRows() {
            return rows(start);
        }

        @Override
        public long endRows() {
            return rows(end);
        }

        private static long rows(@Nullable Object offset) {
            return offset == null ? 0 : ((Number) offset).longValue();
        }

        @Override
        public @Nullable Object startBound(Row row, boolean following) {
            Range range = range();
            return bound(row, start, following != range.descending() ? range.plusStart() : range.minusStart());
        }

        @Override
        public @Nullable Object endBound(Row row, boolean following) {
            Range range = range();
            return bound(row, end, following != range.descending() ? range.plusEnd() : range.minusEnd());
        }

        private @Nullable Object bound(Row row, @Nullable Object offset, @Nullable ScalarFunction sum) {
            Object value = row.get(range().column());
            if (value == null || sum == null) {
                return null;
            }
            return sum.apply(eval, value, offset);
        }

        @Override
        public int compare(Row row, Object bound) {
            Range range = range();
            Object value = row.get(range.column());
            if (value == null) {
                return range.nullsFirst() ? -1 : 1;
            }
            Object converted = range.convert() == null ? value : range.convert().apply(eval, value);
            if (converted == null) {
                throw new IllegalStateException("a value became NULL on its way to the frame's type");
            }
            int sign = range.order().compare(converted, bound);
            return range.descending() ? -sign : sign;
        }

        private Range range() {
            Range range = plan.range();
            if (range == null) {
                throw new IllegalStateException("not a RANGE frame with offsets");
            }
            return range;
        }
    }
}
