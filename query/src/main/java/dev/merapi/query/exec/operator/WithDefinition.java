package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A common table expression that is read in several places of the body: computed when it is first read, then held. What
 * comes out are the rows of the body.
 */
public final class WithDefinition extends Operator {
    private final int workingTable;

    public WithDefinition(Operator definition, Operator body, int workingTable) {
        super(body.columns(), List.of(definition, body));
        this.workingTable = workingTable;
    }

    @Override
    protected RowSource start(QueryContext context) {
        context.bindWorkingTable(workingTable, new Computed(context));
        return inputs().get(1).open(context);
    }

    private final class Computed implements Supplier<List<Row>> {
        private final QueryContext context;
        private @Nullable List<Row> rows;

        Computed(QueryContext context) {
            this.context = context;
        }

        @Override
        public List<Row> get() {
            List<Row> known = rows;
            if (known == null) {
                known = compute();
                rows = known;
            }
            return known;
        }

        private List<Row> compute() {
            List<Row> computed = new ArrayList<>();
            RowSource source = inputs().get(0).open(context);
            for (Row row = source.next(); row != null; row = source.next()) {
                context.eval().tick();
                context.hold(1);
                computed.add(row.keep());
            }
            return computed;
        }
    }

    @Override
    public long estimate(QueryContext context) {
        return inputs().get(1).estimate(context);
    }

    @Override
    public String describe() {
        return "With " + workingTable;
    }
}
