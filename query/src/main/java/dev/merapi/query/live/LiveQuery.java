package dev.merapi.query.live;

import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import java.util.List;

/**
 * One live query with its parameters: what to show, apart from whoever keeps it up to date.
 *
 * <p>Immutable, for any thread. Two are equal when they show the same rows for the same reason: same template, same
 * parameters.
 */
public sealed interface LiveQuery permits TableQuery, DerivedQuery {
    /** The columns of the result, hidden ones of its {@link #order} last. */
    RowType rowType();

    /** Positions of columns that together differ in any two rows of the result; empty when none are known to. */
    List<Integer> keyColumns();

    /**
     * In which order the rows stand. It is for whoever shows them: queries that differ in nothing else share their
     * result and are equal.
     */
    ResultOrder order();

    /** The same rows in another order, which must be one of this row type. */
    LiveQuery in(ResultOrder wanted);

    /** The key if it can be seen, none if a part of it is hidden. */
    default List<Integer> shownKeyColumns() {
        int shown = rowType().size() - order().hidden();
        return keyColumns().stream().allMatch(column -> column < shown) ? keyColumns() : List.of();
    }
}
