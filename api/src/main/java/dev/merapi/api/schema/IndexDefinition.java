package dev.merapi.api.schema;

import java.util.List;

/**
 * An index of a table. Primary keys and unique constraints are unique indexes.
 *
 * @param indexId the number of the index within its table; never reused in that table
 * @param columns positions of the key columns, in key order
 */
public record IndexDefinition(int indexId, String name, List<Integer> columns, boolean unique, Kind kind) {
    /** What an index can find. */
    public enum Kind {
        /** Rows whose key equals a value. */
        HASH,
        /** Rows whose key equals a value or lies in a range, in key order. */
        ORDERED
    }

    public IndexDefinition {
        columns = List.copyOf(columns);
    }

    public int[] columnArray() {
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }
}
