package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of table functions side by side; the shorter ones are filled up with NULLs. Used by one execution. */
public final class FunctionRows implements RowSource {
    /** One function with its arguments. */
    public record Call(TableFunction function, List<Evaluator> arguments) {}

    private final List<Call> calls;
    private final List<Iterator<@Nullable Object[]>> iterators = new ArrayList<>();
    private final boolean ordinality;
    private final int columns;
    private final EvalContext eval;
    private long number;

    /**
     * Calls the functions.
     *
     * @param ordinality adds a column that counts from 1
     * @param columns of all functions, that one included
     * @param row what the arguments see
     */
    public FunctionRows(List<Call> calls, boolean ordinality, int columns, Row row, EvalContext eval) {
        this.calls = calls;
        this.ordinality = ordinality;
        this.columns = columns;
        this.eval = eval;
        for (Call call : calls) {
            @Nullable Object[] arguments = new @Nullable Object[call.arguments().size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = call.arguments().get(i).eval(row, eval);
            }
            iterators.add(call.function().rows(eval, arguments));
        }
    }

    @Override
    public @Nullable Row next() {
        eval.tick();
        @Nullable Object[] row = new @Nullable Object[columns];
        boolean any = false;
        int at = 0;
        for (int i = 0; i < iterators.size(); i++) {
            int width = calls.get(i).function().columns().size();
            if (iterators.get(i).hasNext()) {
                any = true;
                System.arraycopy(iterators.get(i).next(), 0, row, at, width);
            }
            at += width;
        }
        if (ordinality) {
            row[at] = ++number;
        }
        return any ? new ArrayRow(row) : null;
    }
}
