package dev.merapi.api.schema;

import java.util.List;

/**
 * A rule that the values of some columns must be found in a unique key of another (or the same) table.
 *
 * @param columns positions of the referencing columns
 * @param referencedColumns positions in the referenced table, in the same order
 */
public record ForeignKey(
        String name,
        List<Integer> columns,
        int referencedTableId,
        List<Integer> referencedColumns,
        Action onDelete,
        Action onUpdate) {
    /** What happens to referencing rows when the referenced key goes away or changes. */
    public enum Action {
        /** Refused if references remain at the end of the statement. */
        NO_ACTION,
        /** Refused at once. */
        RESTRICT,
        /** The referencing rows are deleted, or take the new key. */
        CASCADE,
        /** The referencing columns become NULL. */
        SET_NULL
    }

    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
