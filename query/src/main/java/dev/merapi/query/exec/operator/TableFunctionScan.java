package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.row.ArrayRow;
import java.util.List;
import java.util.stream.Collectors;

/** Table functions side by side, whose arguments see no row. */
public final class TableFunctionScan extends Operator {
    private final List<FunctionRows.Call> calls;
    private final boolean ordinality;

    /** Makes the operator; {@code ordinality} adds a column that counts from 1. */
    public TableFunctionScan(int columns, List<FunctionRows.Call> calls, boolean ordinality) {
        super(columns, List.of());
        this.calls = calls;
        this.ordinality = ordinality;
    }

    @Override
    protected RowSource start(QueryContext context) {
        return new FunctionRows(calls, ordinality, columns(), ArrayRow.EMPTY, context.eval());
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
