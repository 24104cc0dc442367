package dev.merapi.query.live;

import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.RowPredicate;
import dev.merapi.query.live.row.RowProjection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all live queries of one shape have in common: the table, the columns compared with a parameter by equality, the
 * rest of the condition as a predicate over row and parameters, and the projection. The literals of the text are
 * parameters here. Immutable; equal when {@link #digest} is.
 */
final class TableTemplate {
    private final String digest;
    private final TableSchema table;
    private final RowLayout layout;
    private final @Nullable RowKey key;
    private final int[] keyColumns;
    private final @Nullable RowPredicate rest;
    private final RowProjection projection;
    private final RowType rowType;
    private final List<Integer> resultKey;

    /**
     * Makes a template.
     *
     * @param keyColumns columns compared by equality, ascending; may be empty
     * @param rest the other conditions, or null
     * @param resultKey where the primary key is found in the result; empty when the projection loses part of it
     */
    TableTemplate(
            String digest,
            TableSchema table,
            int[] keyColumns,
            @Nullable RowPredicate rest,
            RowProjection projection,
            RowType rowType,
            List<Integer> resultKey) {
        this.digest = digest;
        this.table = table;
        this.layout = RowLayout.of(table.rowType());
        this.keyColumns = keyColumns.clone();
        this.key = keyColumns.length == 0 ? null : new RowKey(layout, keyColumns);
        this.rest = rest;
        this.projection = projection;
        this.rowType = rowType;
        this.resultKey = List.copyOf(resultKey);
    }

    TableSchema table() {
        return table;
    }

    /** The columns found by hash, as a key; null when there are none. */
    @Nullable
    RowKey key() {
        return key;
    }

    int[] keyColumns() {
        return keyColumns.clone();
    }

    boolean hasRest() {
        return rest != null;
    }

    /** Whether the row meets everything but the equalities. */
    boolean meetsRest(byte[] row, EvalContext context) {
        return rest == null || rest.test(row, context);
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableTemplate that && digest.equals(that.digest);
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
