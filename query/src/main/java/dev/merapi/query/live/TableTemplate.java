package dev.merapi.query.live;

import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.live.condition.Alternative;
import dev.merapi.query.live.row.RowProjection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all live queries of one shape have in common: the table, the condition as alternatives of which a row meets at
 * least one, and the projection. The literals of the text are parameters here. Immutable; equal when {@link #digest}
 * is.
 */
final class TableTemplate {
    private final String digest;
    private final TableSchema table;
    private final List<Alternative> alternatives;
    private final RowProjection projection;
    private final RowType rowType;
    private final List<Integer> resultKey;
    private final String found;

    /**
     * Makes a template.
     *
     * @param alternatives at least one
     * @param resultKey where the primary key is found in the result; empty when the projection loses part of it
     * @param found how subscribers are found by a changed row, for people
     */
    TableTemplate(
            String digest,
            TableSchema table,
            List<Alternative> alternatives,
            RowProjection projection,
            RowType rowType,
            List<Integer> resultKey,
            String found) {
        this.digest = digest;
        this.table = table;
        this.alternatives = List.copyOf(alternatives);
        this.projection = projection;
        this.rowType = rowType;
        this.resultKey = List.copyOf(resultKey);
        this.found = found;
    }

    TableSchema table() {
        return table;
    }

    List<Alternative> alternatives() {
        return alternatives;
    }

    RowProjection projection() {
        return projection;
    }

    RowType rowType() {
        return rowType;
    }

    List<Integer> resultKey() {
        return resultKey;
    }

    String found() {
        return found;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof TableTemplate that && digest.equals(that.digest));
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return digest;
    }
}
