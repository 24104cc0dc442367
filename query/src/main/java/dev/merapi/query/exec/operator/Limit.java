package dev.merapi.query.exec.operator;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Skips some rows and stops after some more. */
public final class Limit extends Operator {
    /** How many rows to skip and then to give: of type bigint, seeing no row; null or NULL is no bound. */
    public record Bounds(
            @Nullable Evaluator offset, @Nullable Evaluator fetch) {
        /** The number of rows to skip. */
        long skip(QueryContext context) {
            Object value = offset == null ? null : offset.eval(ArrayRow.EMPTY, context.eval());
            if (value == null) {
                return 0;
            }
            long rows = ((Number) value).longValue();
            if (rows < 0) {
                throw new CodedException(ErrorCode.INVALID_OFFSET, "OFFSET must not be negative").with("offset", rows);
            }
            return rows;
        }

        /** The number of rows to return, {@code Long.MAX_VALUE} for all. */
        long take(QueryContext context) {
            Object value = fetch == null ? null : fetch.eval(ArrayRow.EMPTY, context.eval());
            if (value == null) {
                return Long.MAX_VALUE;
            }
            long rows = ((Number) value).longValue();
            if (rows < 0) {
                throw new CodedException(ErrorCode.INVALID_LIMIT, "LIMIT must not be negative").with("limit", rows);
            }
            return rows;
        }
    }

    private final Bounds bounds;

    /** Makes the operator. */
    public Limit(Operator input, Bounds bounds) {
        super(input.columns(), List.of(input));
        this.bounds = bounds;
    }

    @Override
    protected RowSource start(QueryContext context) {
        long skip = bounds.skip(context);
        long take = bounds.take(context);
        if (take == 0) {
            return RowSource.EMPTY;
        }
        return new Source(input().open(context), skip, take);
    }

    private static final class Source implements RowSource {
        private final RowSource rows;
        private long skip;
        private long take;

        Source(RowSource rows, long skip, long take) {
            this.rows = rows;
            this.skip = skip;
            this.take = take;
        }

        @Override
        public dev.merapi.query.expr.row.@Nullable Row next() {
            while (skip > 0) {
                skip--;
                if (rows.next() == null) {
                    take = 0;
                    return null;
                }
            }
            return take-- > 0 ? rows.next() : null;
        }
    }

    @Override
    public String describe() {
        return "Limit";
    }
}
