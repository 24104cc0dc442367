package dev.merapi.query.sql.select;

import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.sql.ast.SortItem;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** A call of an aggregate, its expressions over the rows before grouping. Equal uses are computed once. */
sealed interface AggregateUse {
    /**
     * An aggregate function.
     *
     * @param arguments for an ordered set the direct ones, then the ordered ones
     * @param orderBy what the rows are sorted by inside the call, in this order
     */
    record Call(
            AggregateFunction function,
            boolean distinct,
            List<RexNode> arguments,
            List<Sorted> orderBy,
            @Nullable RexNode filter)
            implements AggregateUse {}

    /** GROUPING over some of the grouping expressions. */
    record Grouping(List<RexNode> expressions) implements AggregateUse {}

    /** An expression to sort by. */
    record Sorted(RexNode node, boolean descending, boolean nullsFirst) {
        static Sorted of(RexNode node, SortItem item) {
            return new Sorted(node, item.descending(), item.nullsFirst());
        }
    }
}
