package dev.merapi.query.exec.join;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A filter inside a query that runs once per row of another: {@code … WHERE inner.key = outer.key}. The input does not
 * depend on the outer row, so from the second run on it is held by its key, and a run costs what it returns. That makes
 * correlated queries as fast as joins without rewriting them.
 */
public final class KeyedFilter extends Operator {
    private final JoinKeys keys;
    private final Evaluator condition;
    private final int memo;
    private final String text;

    /**
     * Makes the operator.
     *
     * @param keys held: over the input's row; probing: over no row, but it sees the outer ones
     * @param condition the whole of it
     * @param memo where the held rows are remembered during an execution
     */
    public KeyedFilter(Operator input, JoinKeys keys, Evaluator condition, int memo, String text) {
        super(input.columns(), List.of(input));
        this.keys = keys;
        this.condition = condition;
        this.memo = memo;
        this.text = text;
    }

    /** Remembered when the first run has been: a second one will show that it pays to hold the rows. */
    private static final Object RAN_ONCE = new Object();

    private record Held(Map<Object, List<Row>> rows) {}

    @Override
    protected RowSource start(QueryContext context) {
        EvalContext eval = context.eval();
        Object known = eval.memo(memo);
        if (known == null) {
            eval.setMemo(memo, RAN_ONCE);
            return matching(input().open(context), eval);
        }
        Held held = known instanceof Held before ? before : hold(context);
        Object key = keys.probe().key(ArrayRow.EMPTY, eval);
        List<Row> rows = key == null ? null : held.rows().get(key);
        if (rows == null) {
            return RowSource.EMPTY;
        }
        Iterator<Row> iterator = rows.iterator();
        return matching(() -> iterator.hasNext() ? iterator.next() : null, eval);
    }

    private RowSource matching(RowSource rows, EvalContext eval) {
        return () -> {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                eval.tick();
                if (condition.isTrue(row, eval)) {
                    return row;
                }
            }
            return null;
        };
    }

    private Held hold(QueryContext context) {
        EvalContext eval = context.eval();
        Held held = new Held(new HashMap<>());
        RowSource rows = input().open(context);
        for (Row row = rows.next(); row != null; row = rows.next()) {
            eval.tick();
            Object key = keys.held().key(row, eval);
            if (key != null) {
                context.hold(1);
                held.rows().computeIfAbsent(key, none -> new ArrayList<>()).add(row.keep());
            }
        }
        eval.setMemo(memo, held);
        return held;
    }

    @Override
    public long estimate(QueryContext context) {
        return input().estimate(context) / 100 + 1;
    }

    @Override
    public String describe() {
        return "Keyed Filter: " + text;
    }
}
