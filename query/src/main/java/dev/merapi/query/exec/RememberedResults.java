package dev.merapi.query.exec;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of a correlated query by the outer columns it looks at, remembered during an execution: a query that
 * depends on nothing else gives the same value for the same columns. Columns are the same when their Java values are
 * equal, which is narrower than equality in SQL, so 1.0 and 1.00 are asked for one by one; NULL is a value like others.
 */
final class RememberedResults implements Evaluator {
    /** No more than so many results are remembered; they count as held rows. */
    private static final int MAX_RESULTS = 1 << 16;

    /** After so many questions it is seen whether remembering pays. */
    private static final int TRIAL = 1024;

    /** It pays when of so many questions one has been asked before. */
    private static final int WORTHWHILE = 8;

    /**
     * A column of an enclosing row.
     *
     * @param isOwn whether that is the row on which the expression is evaluated
     */
    record OuterColumn(int correlation, int column, boolean isOwn) {}

    private final Evaluator query;
    private final Subplan plan;
    private final OuterColumn[] columns;
    private final int memo;

    RememberedResults(Evaluator query, Subplan plan, List<OuterColumn> columns, int memo) {
        this.query = query;
        this.plan = plan;
        this.columns = columns.toArray(OuterColumn[]::new);
        this.memo = memo;
    }

    private record Known(@Nullable Object value) {}

    /** What is known in one execution; without a map when it turned out not to pay. */
    private static final class Results {
        private @Nullable Map<Object, Known> byKey = new HashMap<>();
        private int asked;
        private int found;
    }

    @Override
    public @Nullable Object eval(Row row, EvalContext eval) {
        Results results = results(eval);
        Map<Object, Known> byKey = results.byKey;
        if (byKey == null) {
            return query.eval(row, eval);
        }
        Object key = key(row, eval);
        Known known = byKey.get(key);
        results.asked++;
        if (known != null) {
            results.found++;
            return known.value();
        }
        Object value = query.eval(row, eval);
        if (results.asked == TRIAL && results.found < TRIAL / WORTHWHILE) {
            results.byKey = null;
            plan.context(eval).release(byKey.size());
        } else if (byKey.size() < MAX_RESULTS) {
            plan.context(eval).hold(1);
            byKey.put(key, new Known(value));
        }
        return value;
    }

    private Results results(EvalContext eval) {
        if (eval.memo(memo) instanceof Results known) {
            return known;
        }
        Results results = new Results();
        eval.setMemo(memo, results);
        return results;
    }

    private Object key(Row row, EvalContext eval) {
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            OuterColumn column = columns[i];
            values[i] = (column.isOwn() ? row : eval.outerRow(column.correlation())).get(column.column());
        }
        return Arrays.asList(values);
    }
}
