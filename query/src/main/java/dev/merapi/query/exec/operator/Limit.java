package dev.merapi.query.exec.operator;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Skips some rows and stops after some more. */
public final class Limit extends Operator {
    private final @Nullable Evaluator offset;
    private final @Nullable Evaluator fetch;

    /** Makes the operator; the expressions are of type bigint and see no row, null or NULL is no bound. */
    public Limit(Operator input, @Nullable Evaluator offset, @Nullable Evaluator fetch) {
        super(input.columns(), List.of(input));
        this.offset = offset;
        this.fetch = fetch;
    }

    @Override
    protected RowSource start(QueryContext context) {
        long skip = offset(offset, context);
        long take = fetch(fetch, context);
        if (take == 0) {
            return RowSource.EMPTY;
        }
        return new Source(input().open(context), skip, take);
    }

    /** The number of rows to skip. */
    static long offset(@Nullable Evaluator offset, QueryContext context) {
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
    static long fetch(@Nullable Evaluator fetch, QueryContext context) {
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
