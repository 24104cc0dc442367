package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import java.util.List;

/**
 * What may stand before {@code OVER}: an aggregate over the frame, or a function of the row's place in its partition.
 */
public sealed interface OverFunction permits AggregateFunction, WindowFunction {
    String name();

    /** One type per argument of the call. */
    List<ColumnType> parameterTypes();

    ColumnType resultType();

    /** Whether the result may be NULL; all but counts and ranks. */
    boolean nullable();
}
