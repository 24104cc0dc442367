package dev.merapi.query.exec;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.exec.operator.KeyReader;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code (a, b) IN (query)}: TRUE if a row equals, else NULL if one might but for a NULL, else FALSE.
 */
final class Membership implements Evaluator {
    private final Subplan plan;
    private final List<Evaluator> operands;
    private final KeyReader wholeRow;
    private final KeyReader[] columns;
    private final int memo;

    Membership(Subplan plan, List<Evaluator> operands, List<ColumnType> types, int memo) {
        this.plan = plan;
        this.operands = operands;
        this.memo = memo;
        this.wholeRow = new KeyReader(IntStream.range(0, types.size()).toArray(), types);
        this.columns = new KeyReader[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new KeyReader(new int[] {i}, List.of(types.get(i)));
        }
    }

    /** The query's rows: those without NULL by their keys, those with NULL one by one, and how many there are. */
    private record Members(Set<Object> keys, List<Row> complete, List<Row> withNull) {
        boolean isEmpty() {
            return keys.isEmpty() && withNull.isEmpty();
        }
    }

    @Override
    public @Nullable Object eval(Row row, EvalContext eval) {
        @Nullable Object[] values = new @Nullable Object[operands.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = operands.get(i).eval(row, eval);
        }
        Row wanted = new ArrayRow(values);
        return memo < 0 ? search(plan.open(row, eval), wanted, eval) : lookup(members(row, eval), wanted);
    }

    private @Nullable Object search(RowSource rows, Row wanted, EvalContext eval) {
        boolean unknown = false;
        for (Row row = rows.next(); row != null; row = rows.next()) {
            eval.tick();
            Boolean equal = equal(wanted, row);
            if (equal == null) {
                unknown = true;
            } else if (equal) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    private @Nullable Object lookup(Members members, Row wanted) {
        if (members.isEmpty()) {
            return false;
        }
        Object key = wholeRow.matchableKey(wanted);
        if (key != null && members.keys().contains(key)) {
            return true;
        }
        for (Row row : members.withNull()) {
            if (equal(wanted, row) == null) {
                return null;
            }
        }
        if (key == null) {
            for (Row row : members.complete()) {
                if (equal(wanted, row) == null) {
                    return null;
                }
            }
        }
        return false;
    }

    private Members members(Row row, EvalContext eval) {
        if (eval.memo(memo) instanceof Members known) {
            return known;
        }
        Members members = new Members(new HashSet<>(), new ArrayList<>(), new ArrayList<>());
        QueryContext context = plan.context(eval);
        RowSource rows = plan.open(row, eval);
        for (Row next = rows.next(); next != null; next = rows.next()) {
            eval.tick();
            Object key = wholeRow.matchableKey(next);
            if (key == null || !members.keys().contains(key)) {
                plan.context(eval).hold(1);
            }
            if (key == null) {
                context.hold(1);
                members.withNull().add(next.keep());
            } else if (members.keys().add(key)) {
                context.hold(1);
                members.complete().add(next.keep());
            }
        }
        eval.setMemo(memo, members);
        return members;
    }

    /** Whether two rows are equal; null if that hangs on a NULL. */
    private @Nullable Boolean equal(Row wanted, Row row) {
        boolean unknown = false;
        for (int i = 0; i < columns.length; i++) {
            if (wanted.isNull(i) || row.isNull(i)) {
                unknown = true;
            } else if (!columns[i].key(wanted).equals(columns[i].key(row))) {
                return false;
            }
        }
        return unknown ? null : true;
    }
}
