package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table functions side by side; the shorter ones are filled up with NULLs. */
public final class TableFunctionScan extends Operator {
    /** One function with its arguments, which see no row. */
    public record Call(TableFunction function, List<Evaluator> arguments) {}

    private final List<Call> calls;
    private final boolean ordinality;

    /** Makes the operator; {@code ordinality} adds a column that counts from 1. */
    public TableFunctionScan(int columns, List<Call> calls, boolean ordinality) {
        super(columns, List.of());
        this.calls = calls;
        this.ordinality = ordinality;
    }

    @Override
    protected RowSource start(QueryContext context) {
        List<Iterator<@Nullable Object[]>> iterators = new ArrayList<>();
        for (Call call : calls) {
            iterators.add(rows(call, context.eval()));
        }
        return new Lockstep(iterators, context.eval());
    }

    private static Iterator<@Nullable Object[]> rows(Call call, EvalContext eval) {
        @Nullable Object[] arguments = new @Nullable Object[call.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = call.arguments().get(i).eval(ArrayRow.EMPTY, eval);
        }
        return call.function().rows(eval, arguments);
    }

    private final class Lockstep implements RowSource {
        private final List<Iterator<@Nullable Object[]>> iterators;
        private final EvalContext eval;
        private long number;

        Lockstep(List<Iterator<@Nullable Object[]>> iterators, EvalContext eval) {
            this.iterators = iterators;
            this.eval = eval;
        }

        @Override
        public @Nullable Row next() {
            eval.tick();
            @Nullable Object[] row = new @Nullable Object[columns()];
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

    @Override
    public long estimate(QueryContext context) {
        return 100;
    }

    @Override
    public String describe() {
        return "Function Scan: "
                + calls.stream().map(call -> call.function().name()).collect(Collectors.joining(", "));
    }
}
