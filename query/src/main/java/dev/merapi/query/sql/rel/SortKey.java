package dev.merapi.query.sql.rel;

import dev.merapi.query.sql.ast.SortItem;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexNode;

/** What rows are sorted by: an output column, or an expression over the rows the output is computed from. */
public sealed interface SortKey {
    SortItem item();

    /** The output column with this index. */
    record Output(int column, SortItem item) implements SortKey {}

    /** An expression that is no output column. */
    record Expression(RexNode node, SortItem item) implements SortKey {}

    /** Sorting by a column as the item says. */
    static RelFieldCollation collation(int column, SortItem item) {
        return new RelFieldCollation(
                column,
                item.descending() ? RelFieldCollation.Direction.DESCENDING : RelFieldCollation.Direction.ASCENDING,
                item.nullsFirst() ? RelFieldCollation.NullDirection.FIRST : RelFieldCollation.NullDirection.LAST);
    }
}
