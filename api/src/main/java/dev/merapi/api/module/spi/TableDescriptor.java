package dev.merapi.api.module.spi;

import dev.merapi.api.module.Visibility;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a module.
 *
 * @param name its name in schema {@code public}
 * @param indexes keys and indexes; an index's id is its place in the list and its number in {@link RowStore}
 * @param primaryKey which of the indexes is the primary key, or null
 */
public record TableDescriptor(
        String name,
        Visibility visibility,
        List<ColumnDefinition> columns,
        List<IndexDefinition> indexes,
        @Nullable PrimaryKey primaryKey,
        Kind kind) {
    /** A table without rows that last. */
    public static final Kind EVENT = new Event();

    /** A table like any other. */
    public static final Kind STORED = new Stored();

    /** What becomes of its rows. */
    public sealed interface Kind {}

    /** They stay until they are deleted. */
    public record Stored() implements Kind {}

    /** They are told to subscribers when the transaction commits, and are gone. */
    public record Event() implements Kind {}

    /**
     * Each of them schedules a call.
     *
     * @param function the number of the function, which takes a row as its only argument
     * @param atColumn the position of the column that says when
     */
    public record Scheduled(int function, int atColumn) implements Kind {}

    public TableDescriptor {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
    }

    /** The type of its rows. */
    public RowType rowType() {
        return new RowType(columns.stream().map(ColumnDefinition::column).toList());
    }

    /** The table as a store is asked to create it: table id and version are 0. */
    public TableSchema toSchema() {
        return new TableSchema(0, TableName.of(name), columns, primaryKey, indexes, List.of(), List.of(), 0);
    }
}
