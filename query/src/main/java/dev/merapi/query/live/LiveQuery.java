package dev.merapi.query.live;

import dev.merapi.api.schema.RowType;
import java.util.List;

/**
 * One live query with its parameters: what to show, apart from whoever keeps it up to date.
 *
 * <p>Immutable, for any thread. Two are equal when they show the same rows for the same reason: same template, same
 * parameters.
 */
public sealed interface LiveQuery permits TableQuery, DerivedQuery {
    /** The columns of the result. */
    RowType rowType();

    /** Positions of columns that together differ in any two rows of the result; empty when none are known to. */
    List<Integer> keyColumns();
}
