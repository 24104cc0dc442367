package dev.merapi.query.expr.relation;

import dev.merapi.query.expr.OverFunction;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;

/**
 * One call with OVER. All columns are indexes into the node's input.
 *
 * @param arguments one column per parameter of the function
 * @param filter the column that says whether a row counts (FILTER, aggregates only), or -1
 * @param distinct whether equal arguments count once (aggregates only; PostgreSQL refuses it, so may the binder)
 * @param partitionBy the columns that split the rows, NULLs equal
 * @param orderBy the order inside a partition
 * @param name of the output column
 */
public record WindowCall(
        OverFunction function,
        List<Integer> arguments,
        int filter,
        boolean distinct,
        boolean ignoreNulls,
        List<Integer> partitionBy,
        List<RelFieldCollation> orderBy,
        WindowFrame frame,
        String name) {
    public WindowCall {
        arguments = List.copyOf(arguments);
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
    }

    /** The same call over rows in another order. */
    public WindowCall orderedBy(List<RelFieldCollation> order) {
        return new WindowCall(function, arguments, filter, distinct, ignoreNulls, partitionBy, order, frame, name);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(function.name()).append(arguments);
        if (filter >= 0) {
            text.append(" FILTER ").append(filter);
        }
        return text.append(" OVER (PARTITION BY ")
                .append(partitionBy)
                .append(" ORDER BY ")
                .append(orderBy)
                .append(' ')
                .append(frame)
                .append(')')
                .append(distinct ? " DISTINCT" : "")
                .append(ignoreNulls ? " IGNORE NULLS" : "")
                .toString();
    }
}
