package dev.merapi.api.schema;

import java.util.List;

/**
 * The order in which the rows of a result stand: column after column, as ORDER BY says. Rows that these columns do not
 * tell apart stand in the order of all columns from the left, ascending and NULL last; so every row has one place.
 *
 * @param columns what the rows are ordered by, most important first; empty when the result has no order
 * @param hidden how many of the last columns of a row are there for the order alone and not part of what was asked for
 */
public record ResultOrder(List<Part> columns, int hidden) {
    /** Rows as they come. */
    public static final ResultOrder NONE = new ResultOrder(List.of(), 0);

    public ResultOrder {
        columns = List.copyOf(columns);
    }

    /** One column of an order. */
    public record Part(int column, boolean descending, boolean nullsFirst) {}

    /** Whether there is an order at all. */
    public boolean isPresent() {
        return !columns.isEmpty();
    }
}
