package dev.merapi.query.sql.select;

import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.relation.WindowFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** A call with OVER, its expressions over the rows after grouping. Equal uses are computed once. */
record WindowUse(
        OverFunction function,
        List<RexNode> arguments,
        boolean distinct,
        @Nullable RexNode filter,
        boolean ignoreNulls,
        List<RexNode> partitionBy,
        List<AggregateUse.Sorted> orderBy,
        WindowFrame frame) {

    /** The same call over other rows. */
    WindowUse map(UnaryOperator<RexNode> change) {
        List<AggregateUse.Sorted> order = new ArrayList<>();
        for (AggregateUse.Sorted sorted : orderBy) {
            order.add(new AggregateUse.Sorted(change.apply(sorted.node()), sorted.descending(), sorted.nullsFirst()));
        }
        return new WindowUse(
                function,
                arguments.stream().map(change).toList(),
                distinct,
                filter == null ? null : change.apply(filter),
                ignoreNulls,
                partitionBy.stream().map(change).toList(),
                order,
                frame);
    }
}
