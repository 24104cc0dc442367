package dev.merapi.query.system;

import static dev.merapi.api.schema.Column.optional;
import static dev.merapi.api.schema.Column.required;
import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.ReadView;
import dev.merapi.store.TableReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What only we can tell: the position of the database, and the numbers and sizes of tables and indexes. */
final class MerapiSchema {
    static final String SCHEMA = "merapi";

    private MerapiSchema() {}

    static List<SystemTable> tables(int firstId) {
        return List.of(
                SystemTable.of(
                        firstId,
                        new TableName(SCHEMA, "database"),
                        MerapiSchema::database,
                        required("commit_offset", I64),
                        required("catalog_version", I64),
                        required("tables", I32)),
                SystemTable.of(firstId - 1, new TableName(SCHEMA, "tables"), MerapiSchema::tables, tablesColumns()),
                SystemTable.of(firstId - 2, new TableName(SCHEMA, "indexes"), MerapiSchema::indexes, indexColumns()),
                SystemTable.of(
                        firstId - 3, new TableName(SCHEMA, "types"), NestedTypeRows::of, NestedTypeRows.columns()));
    }

    private static List<@Nullable Object[]> database(ReadView view) {
        return List.<@Nullable Object[]>of(new @Nullable Object[] {
            view.offset(), view.catalog().version(), view.catalog().tables().size()
        });
    }

    private static Column[] tablesColumns() {
        return new Column[] {
            required("table_schema", TEXT),
            required("table_name", TEXT),
            required("table_id", I32),
            required("version", I32),
            required("row_count", I64),
            required("row_bytes", I64),
            optional("primary_key", new ArrayType(TEXT)),
        };
    }

    private static List<@Nullable Object[]> tables(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            TableReader reader = view.table(table.tableId());
            rows.add(new @Nullable Object[] {
                table.name().schema(),
                table.name().table(),
                table.tableId(),
                table.version(),
                reader.rowCount(),
                reader.rowBytes(),
                table.primaryKey() == null ? null : names(table, table.primaryKeyColumns())
            });
        }
        return rows;
    }

    private static Column[] indexColumns() {
        return new Column[] {
            required("table_schema", TEXT),
            required("table_name", TEXT),
            required("index_name", TEXT),
            required("index_id", I32),
            required("is_unique", BOOL),
            required("kind", TEXT),
            required("columns", new ArrayType(TEXT)),
        };
    }

    private static List<@Nullable Object[]> indexes(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            for (IndexDefinition index : table.indexes()) {
                rows.add(new @Nullable Object[] {
                    table.name().schema(),
                    table.name().table(),
                    index.name(),
                    index.indexId(),
                    index.unique(),
                    index.kind().name().toLowerCase(Locale.ROOT),
                    names(table, index.columns())
                });
            }
        }
        return rows;
    }

    private static List<String> names(TableSchema table, List<Integer> columns) {
        return columns.stream()
                .map(column -> table.columns().get(column).name())
                .toList();
    }
}
