package dev.merapi.store.tx;

import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which index of a table can serve a set of columns. */
final class KeyColumns {
    private KeyColumns() {}

    /** The unique index over exactly these columns, in any order, or null. */
    static @Nullable IndexDefinition findUniqueIndex(TableSchema table, List<Integer> columns) {
        for (IndexDefinition index : table.indexes()) {
            if (index.unique() && sameColumns(index.columns(), columns)) {
                return index;
            }
        }
        return null;
    }

    /**
     * The best index to find rows by equality of all these columns, or null: one over exactly them, or an ordered one.
     */
    static @Nullable IndexDefinition findLookupIndex(TableSchema table, List<Integer> columns) {
        IndexDefinition best = null;
        for (IndexDefinition index : table.indexes()) {
            if (sameColumns(index.columns(), columns)) {
                return index;
            }
            if (index.kind() == IndexDefinition.Kind.ORDERED
                    && index.columns().size() > columns.size()
                    && sameColumns(index.columns().subList(0, columns.size()), columns)) {
                best = index;
            }
        }
        return best;
    }

    static IndexDefinition uniqueIndex(TableSchema table, List<Integer> columns) {
        return existing(findUniqueIndex(table, columns), table);
    }

    static IndexDefinition lookupIndex(TableSchema table, List<Integer> columns) {
        return existing(findLookupIndex(table, columns), table);
    }

    private static IndexDefinition existing(@Nullable IndexDefinition index, TableSchema table) {
        if (index == null) {
            throw new IllegalStateException("foreign key without its index in " + table.name());
        }
        return index;
    }

    static boolean sameColumns(List<Integer> some, List<Integer> others) {
        return some.size() == others.size() && new HashSet<>(some).equals(new HashSet<>(others));
    }
}
