package dev.merapi.server.module;

import dev.merapi.api.module.spi.TableDescriptor;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table of a module as the database has it: ids instead of numbers. Immutable. */
final class HostedTable {
    /**
     * An index of the table.
     *
     * @param firstColumn the position of its first column in the table
     */
    record HostedIndex(int indexId, RowKey key, int firstColumn, boolean unique) {}

    private final TableSchema schema;
    private final RowLayout layout;
    private final List<HostedIndex> indexes = new ArrayList<>();
    private final @Nullable HostedIndex primaryKey;
    private final int[] numbered;

    /**
     * @param schema the stored table, which fits the descriptor
     */
    HostedTable(TableDescriptor descriptor, TableSchema schema) {
        this.schema = schema;
        this.layout = RowLayout.of(schema.rowType());
        for (IndexDefinition wanted : descriptor.indexes()) {
            IndexDefinition stored = schema.index(wanted.name()).orElseThrow();
            int[] columns = stored.columnArray();
            indexes.add(new HostedIndex(stored.indexId(), new RowKey(layout, columns), columns[0], stored.unique()));
        }
        this.primaryKey = descriptor.primaryKey() == null
                ? null
                : indexes.get(descriptor.primaryKey().indexId());
        List<ColumnDefinition> columns = schema.columns();
        this.numbered = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).autoIncrement())
                .toArray();
    }

    int tableId() {
        return schema.tableId();
    }

    TableSchema schema() {
        return schema;
    }

    RowLayout layout() {
        return layout;
    }

    HostedIndex index(int number) {
        return indexes.get(number);
    }

    /** The index of the primary key, or null. */
    @Nullable
    HostedIndex primaryKey() {
        return primaryKey;
    }

    /** Positions of the columns that number rows; not to be altered. */
    int[] numberedColumns() {
        return numbered;
    }

    /** The index by which a row is found quickest, or null. */
    @Nullable
    HostedIndex bestIndex() {
        if (primaryKey != null) {
            return primaryKey;
        }
        HostedIndex best = null;
        for (HostedIndex index : indexes) {
            if (best == null || (index.unique() && !best.unique())) {
                best = index;
            }
        }
        return best;
    }
}
