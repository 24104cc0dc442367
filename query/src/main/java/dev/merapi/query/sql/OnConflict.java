package dev.merapi.query.sql;

import dev.merapi.api.schema.IndexDefinition;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * An ON CONFLICT clause.
 *
 * @param arbiters the unique indexes whose conflicts are taken care of; empty: any of the table's
 * @param update what to do with the existing row; null: DO NOTHING
 */
public record OnConflict(
        List<IndexDefinition> arbiters, @Nullable ConflictUpdate update) {
    /**
     * DO UPDATE.
     *
     * @param workingTable number of the one-row {@code WorkingTableNode} in {@code rel}: the columns of the existing
     *     row, then those of the row proposed for insertion ({@code excluded})
     * @param existing what policies demand of both rows before they are updated
     * @param updated what policies demand of the new row
     * @param rel yields the new row, all columns in table order, or nothing when WHERE is not true
     */
    public record ConflictUpdate(
            int workingTable, RelNode rel, List<PolicyChecks> existing, List<PolicyChecks> updated) {}
}
