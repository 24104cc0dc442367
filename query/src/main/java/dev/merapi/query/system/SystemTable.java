package dev.merapi.query.system;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.ReadView;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are computed.
 *
 * @param schema has a negative table id, which no stored table has
 */
record SystemTable(TableSchema schema, Rows rows) {
    /** Computes the rows: one value per column, of the Java class of its type. */
    @FunctionalInterface
    interface Rows {
        List<@Nullable Object[]> of(ReadView view, Supplier<LiveDescription> live);
    }

    /** One that describes the tables. */
    static SystemTable of(
            int tableId, TableName name, Function<ReadView, List<@Nullable Object[]>> rows, Column... columns) {
        return of(tableId, name, columns, (view, live) -> rows.apply(view));
    }

    /** One that describes what is kept live. */
    static SystemTable ofLive(
            int tableId, TableName name, Function<LiveDescription, List<@Nullable Object[]>> rows, Column... columns) {
        return of(tableId, name, columns, (view, live) -> rows.apply(live.get()));
    }

    private static SystemTable of(int tableId, TableName name, Column[] columns, Rows rows) {
        List<ColumnDefinition> definitions =
                Arrays.stream(columns).map(ColumnDefinition::of).toList();
        TableSchema schema = new TableSchema(tableId, name, definitions, null, List.of(), List.of(), List.of(), 1);
        return new SystemTable(schema, rows);
    }
}
