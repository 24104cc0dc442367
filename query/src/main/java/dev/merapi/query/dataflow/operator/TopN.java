package dev.merapi.query.dataflow.operator;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.exec.operator.TotalOrder;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** ORDER BY with LIMIT and OFFSET: for each key, {@code limit} rows from the one behind {@code offset} on. */
public final class TopN extends Ordered {
    /** Which rows are shown, the same for all rows of a key; null is no bound, as is NULL. */
    public record Limits(
            @Nullable Expression offset, @Nullable Expression limit) {}

    private final Limits limits;

    public TopN(Delta input, Key key, TotalOrder order, Limits limits, EvalContext constants) {
        super(input, key, order, constants);
        this.limits = limits;
    }

    @Override
    Bounds bounds(Row row, EvalContext context) {
        long offset = value(limits.offset(), row, context, 0);
        if (offset < 0) {
            throw new CodedException(ErrorCode.INVALID_OFFSET, "OFFSET must not be negative").with("offset", offset);
        }
        long limit = value(limits.limit(), row, context, Long.MAX_VALUE);
        if (limit < 0) {
            throw new CodedException(ErrorCode.INVALID_LIMIT, "LIMIT must not be negative").with("limit", limit);
        }
        return rows -> part(rows, offset, limit);
    }

    private static long value(@Nullable Expression expression, Row row, EvalContext context, long unbounded) {
        Object value = expression == null ? null : expression.eval(row, context);
        return value == null ? unbounded : ((Number) value).longValue();
    }

    private static Part part(SortedMap<Row, Integer> rows, long offset, long limit) {
        Map<Row, Integer> shown = new LinkedHashMap<>();
        long skip = offset;
        long take = limit;
        Row last = null;
        for (Map.Entry<Row, Integer> entry : rows.entrySet()) {
            if (take == 0) {
                break;
            }
            long skipped = Math.min(skip, entry.getValue());
            skip -= skipped;
            long taken = Math.min(take, entry.getValue() - skipped);
            take -= taken;
            if (taken > 0) {
                shown.put(entry.getKey(), (int) taken);
                last = entry.getKey();
            }
        }
        return new Part(shown, take == 0 ? last : null);
    }
}
