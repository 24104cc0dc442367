package dev.merapi.query.dataflow.operator;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.exec.operator.FunctionRows;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code generate_series}, {@code unnest} and the like: behind each row of the input, the rows that the functions give
 * for it. A pure function of the row, so linear: d(φA) = φ(dA). It holds nothing.
 */
public final class TableFunctions extends Operator implements Sink {
    /** Beyond so many rows of one call a circuit, which would hold them, is the wrong tool. */
    static final int MAX_ROWS = 1_000_000;

    /**
     * What is called.
     *
     * @param calls whose arguments are columns of the input
     * @param ordinality whether a last column counts the rows
     * @param columns of all functions, that one included
     */
    public record Calls(List<FunctionRows.Call> calls, boolean ordinality, int columns) {}

    private final Calls calls;
    private final EvalContext constants;

    public TableFunctions(Calls calls, EvalContext constants) {
        this.calls = calls;
        this.constants = constants;
    }

    @Override
    public void accept(Row row, int weight) {
        FunctionRows rows = new FunctionRows(calls.calls(), calls.ordinality(), calls.columns(), row, constants);
        int count = 0;
        for (Row next = rows.next(); next != null; next = rows.next()) {
            if (++count > MAX_ROWS) {
                throw new CodedException(ErrorCode.LIVE_LIMIT, "a function in a live query gives too many rows")
                        .with("limit", MAX_ROWS);
            }
            @Nullable Object[] values = new @Nullable Object[row.size() + calls.columns()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i < row.size() ? row.get(i) : next.get(i - row.size());
            }
            emit(new ArrayRow(values), weight);
        }
    }
}
