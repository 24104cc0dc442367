package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.row.Row;
import java.util.Iterator;
import java.util.List;

/** The rows that stand for a working table at the time of the run. */
public final class WorkingTableScan extends Operator {
    private final int number;

    public WorkingTableScan(int columns, int number) {
        super(columns, List.of());
        this.number = number;
    }

    @Override
    protected RowSource start(QueryContext context) {
        Iterator<Row> rows = context.workingTable(number).iterator();
        return () -> rows.hasNext() ? rows.next() : null;
    }

    /** A guess: asking would compute rows that may not be wanted. */
    @Override
    public long estimate(QueryContext context) {
        return 1000;
    }

    @Override
    public String describe() {
        return "Working Table Scan on " + number;
    }
}
