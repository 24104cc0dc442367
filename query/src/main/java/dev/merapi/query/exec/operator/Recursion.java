package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * WITH RECURSIVE: the rows of the seed, then round by round those of the step over the rows of the round before, until
 * a round finds none. Rows are given out as each round finds them, so that a LIMIT ends an endless recursion.
 */
public final class Recursion extends Operator {
    private final int workingTable;
    private final @Nullable KeyReader distinct;

    /** Makes the operator; {@code distinct} (for UNION) lets each row through once. */
    public Recursion(Operator seed, Operator step, int workingTable, @Nullable KeyReader distinct) {
        super(seed.columns(), List.of(seed, step));
        this.workingTable = workingTable;
        this.distinct = distinct;
    }

    @Override
    protected RowSource start(QueryContext context) {
        return new Rounds(context);
    }

    private final class Rounds implements RowSource {
        private final QueryContext context;
        private final Set<Object> seen = new HashSet<>();
        private List<Row> round;
        private Iterator<Row> rows;

        Rounds(QueryContext context) {
            this.context = context;
            this.round = fresh(inputs().get(0).open(context));
            this.rows = round.iterator();
        }

        @Override
        public @Nullable Row next() {
            if (!rows.hasNext() && !round.isEmpty()) {
                context.eval().checkCancelled();
                context.bindWorkingTable(workingTable, round);
                context.release(round.size());
                round = fresh(inputs().get(1).open(context));
                rows = round.iterator();
            }
            return rows.hasNext() ? rows.next() : null;
        }

        private List<Row> fresh(RowSource source) {
            List<Row> found = new ArrayList<>();
            for (Row row = source.next(); row != null; row = source.next()) {
                context.eval().tick();
                if (distinct == null || seen.add(distinct.key(row))) {
                    context.hold(1);
                    found.add(row.keep());
                }
            }
            if (distinct != null) {
                context.hold(found.size()); // once for the round, once for ever
            }
            return found;
        }
    }

    @Override
    public String describe() {
        return distinct == null ? "Recursive Union All" : "Recursive Union";
    }
}
